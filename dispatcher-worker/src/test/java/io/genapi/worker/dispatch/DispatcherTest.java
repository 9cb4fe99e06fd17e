package io.genapi.worker.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.Admissions;
import io.genapi.worker.AttemptRunners;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final Impossible IMPOSSIBLE =
            new Impossible("no trust", ApiError.server(502, "vendor_untrusted", "Have it renewed."), true);
    private static final Refused OVERLOADED = new Refused(503, Optional.empty(), Optional.empty());
    private static final Completed COMPLETED = new Completed(Samples.completion());

    private static final Destination NORTH = Admissions.destination("north", "north-4o");
    private static final Destination SOUTH = new Destination(new Account(new VendorName("south"), "none"), "gpt-4o");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedVendors vendors = new ScriptedVendors(time);
    private final List<JobResult> published = new ArrayList<>();
    private final List<JobEvent> events = new ArrayList<>();
    private final List<JobResult> heard = new ArrayList<>();
    private final Cancellations cancellations = new Cancellations(10);
    private final Admission admission = Admissions.of(time);
    private final Dispatcher dispatcher = new Dispatcher(
            Samples.NO_BODIES,
            new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
            admission,
            AttemptRunners.whole(vendors, time, time::nanos, Dice.lowest()),
            new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
            time,
            new JobEnds(time),
            (_, result) -> published.add(result),
            events::add,
            (_, result) -> heard.add(result),
            cancellations,
            Duration.ofHours(24),
            time);

    @Test
    void succeedsWithTheVendorsAnswerUnderTheCallersModel() throws Exception {
        vendors.then(COMPLETED);
        time.pass(Duration.ofSeconds(5));
        JobResult result = dispatch(Samples.job());
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(200, result.httpStatus());
        assertEquals(Samples.COMPLETION.replace("vendor-model", "gpt-4o"), new String(result.body(), UTF_8));
        assertEquals(Optional.of(new Usage(3, 5)), result.usage());
        assertEquals(Optional.of(new VendorName("north")), result.vendor());
        assertEquals(Optional.of(new VendorRequestId("call-1")), result.vendorRequestId());
        assertEquals(1, result.attempts());
        assertEquals(Duration.ofSeconds(5), result.queued());
        assertEquals(ScriptedVendors.CALL, result.vendorTime());
        assertSame(result, heard.getFirst());
    }

    @Test
    void retriesWithAnotherCandidateAndAnotherRequestId() throws Exception {
        vendors.then(OVERLOADED).then(new Unreachable("gone")).then(COMPLETED);
        JobResult result = dispatch(Samples.job());
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(3, result.attempts());
        assertEquals(ScriptedVendors.CALL.multipliedBy(3), result.vendorTime());
        assertEquals(
                List.of("north", "south", "north"),
                vendors.calls().stream()
                        .map(call -> call.candidate().vendor().name().value())
                        .toList());
        assertEquals(1, time.pauses().size(), "between the rounds, and not before a vendor that was not tried");
    }

    @Test
    void tellsThatItStartedAndWhichAttemptsFailed() throws Exception {
        vendors.then(OVERLOADED).then(new Broken("cut off")).then(COMPLETED);
        JobResult result = dispatch(Samples.job());
        assertEquals(
                List.of(JobEvent.Kind.STARTED, JobEvent.Kind.ATTEMPT_FAILED, JobEvent.Kind.ATTEMPT_FAILED),
                events.stream().map(JobEvent::kind).toList());
        assertEquals(Optional.of(new VendorRequestId("call-3")), result.vendorRequestId());
        JobEvent first = events.get(1);
        assertEquals(1, first.attempt());
        assertEquals(Optional.of(503), first.httpStatus());
        assertEquals(Optional.of(new VendorName("north")), first.vendor());
        assertEquals(Optional.of(new VendorRequestId("call-1")), first.vendorRequestId());
        assertEquals(Optional.of("cut off"), events.get(2).reason());
    }

    @Test
    void tellsNothingOfAnAwaitedJobThatGoesWell() throws Exception {
        vendors.then(COMPLETED);
        JobResult _ = dispatch(Samples.job(Samples.BODY, true, Optional.empty(), Optional.empty()));
        assertEquals(List.of(), events);
    }

    @Test
    void handsTheVendorsOwnEnvelopeOnAfterTheLastAttempt() throws Exception {
        byte[] envelope = Samples.utf8("{\"error\":{}}");
        vendors.meanwhile(this::serveOthers);
        vendors.then(OVERLOADED).then(OVERLOADED).then(new Refused(500, Optional.empty(), Optional.of(envelope)));
        JobResult result = dispatch(Samples.job());
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(500, result.httpStatus());
        assertSame(envelope, result.body());
        assertEquals(3, result.attempts());
    }

    @Test
    void asksAnotherVendorWhatIsImpossibleForOneAndNeverThatOneAgain() throws Exception {
        vendors.then(IMPOSSIBLE).then(new Unreachable("gone")).then(COMPLETED);
        JobResult result = dispatch(Samples.job());
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(
                List.of("north", "south", "south"),
                vendors.calls().stream()
                        .map(call -> call.candidate().vendor().name().value())
                        .toList());
    }

    @Test
    void givesUpWhatIsImpossibleForAllOfThemAndSaysWhy() throws Exception {
        vendors.then(IMPOSSIBLE).then(IMPOSSIBLE);
        assertFailed(502, "vendor_untrusted", dispatch(Samples.job()));
        assertEquals(2, vendors.calls().size());
    }

    @Test
    void explainsItselfWhereTheVendorDidNot() throws Exception {
        vendors.then(new Refused(403, Optional.empty(), Optional.empty()));
        assertFailed(403, "vendor_error", dispatch(Samples.job()));
        assertEquals(1, vendors.calls().size());
    }

    @Test
    void failsWith502WhenNoWholeAnswerCameThoughOthersGotTheirs() throws Exception {
        vendors.meanwhile(this::serveOthers);
        vendors.then(new Broken("gone")).then(new Broken("gone")).then(new Broken("gone"));
        assertFailed(502, "vendor_broken_response", dispatch(Samples.job()));
    }

    @Test
    void failsWith504WhenNoVendorAnsweredInTime() throws Exception {
        TimedOut slow = new TimedOut(Duration.ofSeconds(10), true);
        vendors.meanwhile(this::serveOthers).then(slow).then(slow).then(slow);
        assertFailed(504, "vendor_timeout", dispatch(Samples.job()));
    }

    @Test
    void expiresAJobWhoseDeadlineHasPassedWithoutAskingAVendor() throws Exception {
        assertExpired(dispatch(withDeadline(Duration.ZERO)));
        assertEquals(List.of(), vendors.calls());
    }

    @Test
    void givesJobsWithoutADeadlineADayFromTheirSubmission() throws Exception {
        time.pass(Duration.ofHours(24));
        assertExpired(dispatch(Samples.job()));
    }

    @Test
    void givesAVendorNoMoreTimeThanTheDeadlineLeaves() throws Exception {
        vendors.then(new TimedOut(Duration.ofMillis(300), false));
        JobResult result = dispatch(withDeadline(Duration.ofMillis(300)));
        assertExpired(result);
        assertEquals(Duration.ofMillis(300), vendors.calls().getFirst().limit());
        assertEquals(1, result.attempts());
    }

    @Test
    void givesAVendorItsOwnTimeoutAtMost() throws Exception {
        vendors.then(COMPLETED);
        JobResult _ = dispatch(Samples.job());
        assertEquals(Duration.ofSeconds(10), vendors.calls().getFirst().limit());
    }

    @Test
    void refusesABodyThatIsNoChatRequest() throws Exception {
        assertFailed(400, "invalid_json", dispatch(Samples.job("{")));
        assertFailed(400, "missing_required_parameter", dispatch(Samples.job("{\"model\":\"gpt-4o\"}")));
        assertEquals(List.of(), vendors.calls());
        assertEquals(List.of(), events);
    }

    @Test
    void refusesWhatNobodyServes() throws Exception {
        assertFailed(404, "model_not_found", dispatch(Samples.job(Samples.BODY.replace("gpt-4o", "gpt-99"))));
        assertFailed(
                400,
                "invalid_value",
                dispatch(Samples.job(Samples.BODY, false, Optional.of(new VendorName("east")), Optional.empty())));
    }

    @Test
    void endsAJobThatIsKnownToBeWrong() throws Exception {
        dispatcher.refuse(Samples.job(), ApiError.invalidRequest(400, "invalid_header", "no"));
        assertFailed(400, "invalid_header", published.getFirst());
    }

    @Test
    void leavesAJobWithoutAnEndWhenItIsInterrupted() {
        Dispatcher interrupted = calling(this::interrupt);
        assertThrows(InterruptedException.class, () -> interrupted.dispatch(Samples.job(), Parking.NONE));
        assertEquals(0, admission.standing(NORTH).running());
        assertEquals(List.of(), published);
    }

    @Test
    void asksNoVendorForAJobThatIsCancelledWhileItWaits() throws Exception {
        cancellations.cancel(Samples.job().id());
        JobResult result = dispatch(Samples.job());
        assertCancelled(0, result);
        assertEquals(Optional.empty(), result.vendor());
        assertEquals(Optional.of(Samples.MODEL), result.model());
        assertEquals(List.of(), vendors.calls());
        assertEquals(0, cancellations.size());
    }

    @Test
    void aCancelledJobIsCancelledAlsoAfterItsDeadline() throws Exception {
        cancellations.cancel(Samples.job().id());
        assertCancelled(0, dispatch(withDeadline(Duration.ZERO)));
    }

    @Test
    void accountsForTheCallThatACancellationCutsOff() throws Exception {
        calling(call -> {
                    time.pass(Duration.ofMillis(700));
                    cancellations.cancel(Samples.job().id());
                    time.pause(call.limit());
                    throw new AssertionError("the call goes on");
                })
                .dispatch(Samples.job(), Parking.NONE);
        JobResult result = published.getLast();
        assertCancelled(1, result);
        assertEquals(Optional.of(new VendorName("north")), result.vendor());
        assertEquals(Duration.ofMillis(700), result.vendorTime());
        assertSame(result, heard.getLast());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aCancellationEndsThePauseBetweenTwoAttempts() throws Exception {
        calling(_ -> {
                    // It comes too late for the call, whose answer is there already.
                    cancellations.cancel(Samples.job().id());
                    return VendorAnswer.nameless(OVERLOADED);
                })
                .dispatch(Samples.job(), Parking.NONE);
        assertCancelled(1, published.getLast());
        assertEquals(List.of(), time.pauses());
    }

    @Test
    void aCancellationBetweenTwoAttemptsKeepsTheNextOneFromBeingMade() throws Exception {
        List<VendorCall> calls = new ArrayList<>();
        new Dispatcher(
                        Samples.NO_BODIES,
                        new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
                        admission,
                        AttemptRunners.whole(
                                call -> {
                                    calls.add(call);
                                    return VendorAnswer.nameless(OVERLOADED);
                                },
                                time,
                                time::nanos,
                                Dice.lowest()),
                        new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
                        _ -> cancellations.cancel(Samples.job().id()),
                        new JobEnds(time),
                        (_, result) -> published.add(result),
                        events::add,
                        (_, result) -> heard.add(result),
                        cancellations,
                        Duration.ofHours(24),
                        time)
                .dispatch(Samples.job(Samples.BODY.replace("gpt-4o", "o3")), Parking.NONE);
        assertCancelled(1, published.getLast());
        assertEquals(1, calls.size());
    }

    @Test
    void anAnswerThatWasThereBeforeTheCancellationIsPublished() throws Exception {
        calling(_ -> {
                    cancellations.cancel(Samples.job().id());
                    return VendorAnswer.nameless(COMPLETED);
                })
                .dispatch(Samples.job(), Parking.NONE);
        assertEquals(JobStatus.SUCCEEDED, published.getLast().status());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aResultThatIsBeingPublishedIsNotTouched() throws Exception {
        vendors.then(COMPLETED);
        List<Boolean> interrupted = new ArrayList<>();
        new Dispatcher(
                        Samples.NO_BODIES,
                        new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
                        admission,
                        AttemptRunners.whole(vendors, time, time::nanos, Dice.lowest()),
                        new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
                        time,
                        new JobEnds(time),
                        (job, result) -> {
                            cancellations.cancel(job.id());
                            interrupted.add(Thread.currentThread().isInterrupted());
                            published.add(result);
                        },
                        events::add,
                        (_, result) -> heard.add(result),
                        cancellations,
                        Duration.ofHours(24),
                        time)
                .dispatch(Samples.job(), Parking.NONE);
        assertEquals(List.of(false), interrupted);
        assertEquals(JobStatus.SUCCEEDED, published.getLast().status());
        assertEquals(0, cancellations.size());
    }

    private Dispatcher calling(VendorClient client) {
        return new Dispatcher(
                Samples.NO_BODIES,
                new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
                admission,
                AttemptRunners.whole(client, time, time::nanos, Dice.lowest()),
                new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
                time,
                new JobEnds(time),
                (_, result) -> published.add(result),
                events::add,
                (_, result) -> heard.add(result),
                cancellations,
                Duration.ofHours(24),
                time);
    }

    private VendorAnswer interrupt(VendorCall call) throws InterruptedException {
        assertNotEquals(Duration.ZERO, call.limit());
        throw new InterruptedException("the process stops");
    }

    private JobResult dispatch(JobRequest job) throws InterruptedException {
        assertInstanceOf(Dispatched.Ended.class, dispatcher.dispatch(job, Parking.NONE));
        return published.getLast();
    }

    /** Somebody else's calls go well. */
    private void serveOthers() {
        for (Destination destination : List.of(NORTH, SOUTH)) {
            admission.admit(destination, false).orElseThrow().ended(COMPLETED, ScriptedVendors.CALL);
        }
    }

    private static JobRequest withDeadline(Duration fromNow) {
        return Samples.job(Samples.BODY, false, Optional.empty(), Optional.of(Samples.NOW.plus(fromNow)));
    }

    private static void assertFailed(int status, String code, JobResult result) {
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(status, result.httpStatus());
        String body = new String(result.body(), UTF_8);
        assertTrue(body.contains("\"code\":\"" + code + "\""), body);
    }

    private static void assertCancelled(int attempts, JobResult result) {
        assertEquals(JobStatus.CANCELLED, result.status());
        assertEquals(499, result.httpStatus());
        assertEquals(attempts, result.attempts());
        assertTrue(new String(result.body(), UTF_8).contains("\"code\":\"job_cancelled\""));
    }

    private static void assertExpired(JobResult result) {
        assertEquals(JobStatus.EXPIRED, result.status());
        assertEquals(504, result.httpStatus());
        assertTrue(new String(result.body(), UTF_8).contains("\"code\":\"deadline_exceeded\""));
    }
}
