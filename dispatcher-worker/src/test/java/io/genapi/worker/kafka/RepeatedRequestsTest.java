package io.genapi.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.run.Verdict;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Admissions;
import io.genapi.worker.AttemptRunners;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the records of one idempotency key. */
class RepeatedRequestsTest {

    private static final String TOPIC = "genapi.requests.default";
    private static final JobId JOB = JobId.ofKey(TenantId.DEFAULT, "once");
    private static final byte[] ANOTHER =
            Samples.utf8("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"another\"}]}");

    private final VirtualTime time = new VirtualTime();
    private final List<JobResult> results = new ArrayList<>();
    private Optional<Original> original =
            Optional.of(new Original(TOPIC, 3, 40, BodyDigest.of(Samples.utf8(Samples.BODY))));
    private int calls;

    @Test
    void onlyTheFirstIsRun() throws Exception {
        JobIntake intake = intake();
        assertEquals(Verdict.done(), intake.handle(record(41, null, Samples.utf8(Samples.BODY))));
        assertEquals(Verdict.done(), intake.handle(record(40, null, Samples.utf8(Samples.BODY))));
        assertEquals(Verdict.done(), intake.handle(record(42, JOB, Samples.utf8(Samples.BODY))));
        assertEquals(1, calls);
        assertEquals(List.of(JOB), results.stream().map(JobResult::id).toList());
    }

    @Test
    void anotherRequestUnderTheKeyEndsAsAJobOfItsOwn() throws Exception {
        ConsumerRecord<byte[], byte[]> misuse = record(41, null, ANOTHER);
        assertEquals(Verdict.done(), intake().handle(misuse));
        assertEquals(0, calls);
        JobResult refused = results.getFirst();
        assertEquals(RequestRecords.idWithoutKey(misuse), refused.id());
        assertEquals(JobStatus.FAILED, refused.status());
        assertEquals(422, refused.httpStatus());
        String error = new String(refused.body(), StandardCharsets.UTF_8);
        assertTrue(error.contains("idempotency_key_reused") && error.contains(JOB.value()), error);
    }

    @Test
    void oneThatAGatewayWroteAndRefusedItselfEndsAsNothing() throws Exception {
        assertEquals(Verdict.done(), intake().handle(record(41, JOB, ANOTHER)));
        assertEquals(List.of(), results);
    }

    @Test
    void aWrongHeaderOfARepetitionDoesNotEndTheJob() throws Exception {
        ConsumerRecord<byte[], byte[]> repetition = record(41, null, Samples.utf8(Samples.BODY));
        repetition.headers().add("deadline", Samples.utf8("tomorrow"));
        assertEquals(Verdict.done(), intake().handle(repetition));
        assertEquals(List.of(), results);
    }

    @Test
    void waitsForTheStoreUntilItsDeadline() throws Exception {
        original = Optional.empty();
        JobIntake intake = intake();
        ConsumerRecord<byte[], byte[]> record = record(40, null, Samples.utf8(Samples.BODY));
        record.headers()
                .add("deadline", Samples.utf8(Samples.NOW.plusSeconds(60).toString()));
        assertEquals(Verdict.later(Duration.ofSeconds(1)), intake.handle(record));
        assertEquals(List.of(), results);
        time.pass(Duration.ofMinutes(1));
        assertEquals(Verdict.done(), intake.handle(record));
        assertEquals(
                List.of(JobStatus.EXPIRED),
                results.stream().map(JobResult::status).toList());
        assertEquals(0, calls);
    }

    @Test
    void atAPartitionsNextOwnerAnotherRequestUnderTheKeyOfAJobThatHasEndedIsNotDone() throws Exception {
        List<JobId> asked = new ArrayList<>();
        HandedOverJobs handedOver = new HandedOverJobs(
                (id, _) -> {
                    asked.add(id);
                    return id.equals(JOB);
                },
                new OriginalCheck(_ -> original, time),
                TopicNames.STANDARD);
        ConsumerRecord<byte[], byte[]> misuse = record(41, null, ANOTHER);
        assertTrue(handedOver.alreadyDone(record(40, null, Samples.utf8(Samples.BODY))), "the job itself");
        assertTrue(handedOver.alreadyDone(record(42, null, Samples.utf8(Samples.BODY))), "a repetition");
        assertFalse(handedOver.alreadyDone(misuse));
        assertEquals(List.of(JOB, JOB, RequestRecords.idWithoutKey(misuse)), asked);
    }

    private JobIntake intake() {
        var random = new SplittableRandom(1);
        Dispatcher dispatcher = new Dispatcher(
                new Router(Samples::twoVendors, _ -> new OpenAiDialect(), random, time),
                Admissions.of(time),
                AttemptRunners.whole(
                        _ -> {
                            calls++;
                            return VendorAnswer.nameless(new VendorOutcome.Completed(Samples.completion()));
                        },
                        time,
                        time::nanos,
                        random),
                new RetryPolicy(3, Duration.ofSeconds(2), false, random),
                time,
                new JobEnds(time),
                (_, result) -> results.add(result),
                _ -> {},
                (_, _) -> {},
                new Cancellations(1),
                Duration.ofDays(1),
                time);
        ErrorCounter errors = new ErrorCounter(new SimpleMeterRegistry());
        ScriptedSender kafka = new ScriptedSender();
        return new JobIntake(
                TopicNames.STANDARD,
                dispatcher,
                new ParkedJobs(kafka, TopicNames.STANDARD, "/test", time, time, errors, new SimpleMeterRegistry()),
                new DeadLetters(kafka, "genapi.dead-letters", time, errors),
                new OriginalCheck(_ -> original, time),
                new Telemetry(OpenTelemetry.noop()),
                time);
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key may be absent.
    private static ConsumerRecord<byte[], byte[]> record(long offset, @Nullable JobId key, byte[] value) {
        Headers headers = new RecordHeaders().add("idempotency-key", Samples.utf8("once"));
        return new ConsumerRecord<>(
                TOPIC,
                3,
                offset,
                Samples.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key == null ? null : key.bytes(),
                value,
                headers,
                Optional.empty());
    }
}
