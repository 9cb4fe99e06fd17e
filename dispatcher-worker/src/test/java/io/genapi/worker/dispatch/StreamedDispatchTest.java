package io.genapi.worker.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.Admissions;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.stream.ChunkSink;
import io.genapi.worker.stream.Chunks;
import io.genapi.worker.stream.JobStreams;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StreamedDispatchTest {

    private static final String BODY = Samples.BODY.replaceFirst("\\{", "{\"stream\":true,");
    private static final Completed COMPLETED = new Completed(Samples.completion());
    private static final Broken BROKEN = new Broken("cut off");
    private static final List<ObjectNode> ANSWER = Chunks.saying("a", "b");

    private final VirtualTime time = new VirtualTime();
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<String> called = new ArrayList<>();
    private final List<JobDelta> deltas = new ArrayList<>();
    private final List<JobResult> published = new ArrayList<>();
    private final Admission admission = Admissions.of(time);
    private boolean kafkaIsDown;

    /** One call: what comes of its answer, and how that ends. */
    private record Step(List<ObjectNode> chunks, VendorOutcome outcome) {}

    @Test
    void publishesAnAnswerAndThenTheResultThatCountsItsPieces() throws Exception {
        script.add(new Step(ANSWER, COMPLETED));
        JobResult result = dispatch(false);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(4, deltas.size());
        assertEquals(Optional.of(new PublishedRun(deltas.getFirst().run(), 4)), result.published());
        assertEquals(Optional.of(new VendorRequestId("call-1")), result.vendorRequestId());
        assertTrue(deltas.getLast().last());
    }

    @Test
    void takesAnotherVendorWhereNothingWasPublishedYet() throws Exception {
        script.add(new Step(ANSWER.subList(0, 1), BROKEN));
        script.add(new Step(List.of(), new Refused(503, Optional.empty(), Optional.empty())));
        script.add(new Step(ANSWER, COMPLETED));
        JobResult result = dispatch(false);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(List.of("north", "south", "north"), called);
        assertEquals(4, deltas.size());
    }

    @Test
    void failsWhereSomethingWas() throws Exception {
        for (VendorOutcome outcome : List.of(
                BROKEN,
                new TimedOut(Duration.ofSeconds(1), true),
                new Refused(
                        529, Optional.empty(), Optional.of(Samples.utf8("{\"error\":{\"message\":\"theirs\"}}"))))) {
            deltas.clear();
            script.add(new Step(ANSWER.subList(0, 2), outcome));
            JobResult result = dispatch(false);
            assertInterrupted(2, result);
            assertEquals(1, result.attempts());
            assertTrue(deltas.stream().noneMatch(JobDelta::last));
        }
    }

    @Test
    void beginsAnewInAnotherRunIfItIsToldTo() throws Exception {
        script.add(new Step(ANSWER.subList(0, 2), BROKEN));
        script.add(new Step(ANSWER, COMPLETED));
        JobResult result = dispatch(true);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(2, result.attempts());
        assertEquals(
                List.of(0L, 1L, 0L, 1L, 2L, 3L),
                deltas.stream().map(JobDelta::seq).toList());
        assertNotEquals(deltas.getFirst().run(), deltas.getLast().run());
        assertEquals(Optional.of(new PublishedRun(deltas.getLast().run(), 4)), result.published());
    }

    @Test
    void tellsOfTheRunThatPublishedSomethingAlsoIfALaterOneDidNot() throws Exception {
        script.add(new Step(ANSWER.subList(0, 2), BROKEN));
        script.add(new Step(List.of(), new Refused(400, Optional.empty(), Optional.empty())));
        JobResult result = dispatch(true);
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(400, result.httpStatus());
        assertEquals(Optional.of(new PublishedRun(deltas.getFirst().run(), 2)), result.published());
    }

    @Test
    void expiresWhenTheDeadlineComesInTheMidst() throws Exception {
        script.add(new Step(ANSWER.subList(0, 2), new TimedOut(Duration.ofSeconds(1), true)));
        JobResult result =
                dispatch(false, Samples.job(BODY, true, Optional.empty(), Optional.of(Samples.NOW.plusSeconds(1))));
        assertEquals(JobStatus.EXPIRED, result.status());
        assertEquals(2, result.published().orElseThrow().deltas());
    }

    @Test
    void failsAndGivesTheVendorFreeIfKafkaTakesNoPiece() throws Exception {
        kafkaIsDown = true;
        script.add(new Step(ANSWER, COMPLETED));
        JobResult result = dispatch(false);
        assertEquals(502, result.httpStatus());
        assertTrue(new String(result.body(), UTF_8).contains("\"code\":\"stream_interrupted\""));
        assertEquals(Optional.empty(), result.published());
        assertEquals(
                0,
                admission.standing(Admissions.destination("north", "north-4o")).running());
    }

    private void assertInterrupted(long pieces, JobResult result) {
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(502, result.httpStatus());
        String body = new String(result.body(), UTF_8);
        assertTrue(body.contains("\"code\":\"stream_interrupted\""), body);
        assertTrue(body.contains(pieces + " pieces"), body);
        assertEquals(Optional.of(new PublishedRun(deltas.getFirst().run(), pieces)), result.published());
    }

    private JobResult dispatch(boolean restart) throws InterruptedException {
        return dispatch(restart, Samples.job(BODY));
    }

    private JobResult dispatch(boolean restart, JobRequest job) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        Dispatcher dispatcher = new Dispatcher(
                Samples.NO_BODIES,
                new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
                admission,
                new AttemptRunner(
                        _ -> {
                            throw new AssertionError("a stream is asked for");
                        },
                        this::stream,
                        new JobStreams(this::send, time, random),
                        time,
                        time::nanos,
                        Dice.lowest()),
                new RetryPolicy(3, Duration.ofSeconds(2), restart, Dice.highest()),
                time,
                new JobEnds(time),
                (_, result) -> published.add(result),
                _ -> {},
                (_, _) -> {},
                new Cancellations(10),
                Duration.ofHours(24),
                time);
        assertInstanceOf(Dispatched.Ended.class, dispatcher.dispatch(job, Parking.NONE));
        return published.getLast();
    }

    private VendorAnswer stream(VendorCall call, ChunkSink sink) throws InterruptedException {
        called.add(call.candidate().vendor().name().value());
        Step step = script.remove();
        for (ObjectNode chunk : step.chunks()) {
            sink.take(chunk);
        }
        time.pass(Duration.ofSeconds(1));
        return new VendorAnswer(step.outcome(), Optional.of(new VendorRequestId("call-" + called.size())));
    }

    private CompletableFuture<?> send(JobDelta delta) {
        if (kafkaIsDown) {
            return CompletableFuture.failedFuture(new IllegalStateException("no leader"));
        }
        deltas.add(delta);
        return CompletableFuture.completedFuture(null);
    }
}
