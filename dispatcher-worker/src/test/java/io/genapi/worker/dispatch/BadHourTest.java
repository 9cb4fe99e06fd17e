package io.genapi.worker.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.Admissions;
import io.genapi.worker.AttemptRunners;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Breaker;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.dispatch.Dispatched.Ended;
import io.genapi.worker.dispatch.Dispatched.Later;
import io.genapi.worker.dispatch.Dispatched.Parked;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A vendor's bad hour is not the caller's error. */
class BadHourTest {

    private static final Refused OVERLOADED = new Refused(503, Optional.empty(), Optional.empty());
    private static final Unreachable GONE = new Unreachable("gone");
    private static final Completed COMPLETED = new Completed(Samples.completion());
    private static final Destination NORTH = Admissions.destination("north", "o3");

    /** Only north serves it. */
    private static final String ONLY_NORTH = Samples.BODY.replace("gpt-4o", "o3");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedVendors vendors = new ScriptedVendors(time);
    private final List<JobEvent> events = new ArrayList<>();
    private final Admission admission = Admissions.of(time);
    private final Dispatcher dispatcher = new Dispatcher(
            Samples.NO_BODIES,
            new Router(Samples::twoVendors, _ -> new OpenAiDialect(), Dice.lowest(), time),
            admission,
            AttemptRunners.whole(vendors, time, time::nanos, Dice.lowest()),
            new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
            time,
            new JobEnds(time),
            (_, _) -> {},
            events::add,
            (_, _) -> {},
            new Cancellations(10),
            Duration.ofHours(24),
            time);

    @Test
    void takesTheFallbackAtOnceAndSoonDoesNotEvenTryTheDeadOne() throws Exception {
        vendors.always("north", GONE).always("south", COMPLETED);
        for (int job = 0; job < 10; job++) {
            assertEquals(2, ended(dispatch(Samples.job())).attempts());
        }
        JobResult result = ended(dispatch(Samples.job()));
        assertEquals(1, result.attempts());
        assertEquals(Optional.of(new VendorName("south")), result.vendor());
        assertEquals(List.of(), time.pauses());
    }

    @Test
    void failsNothingOfADeadVendorAlsoAtOneJobAMinute() throws Exception {
        vendors.always("north", OVERLOADED);
        for (int minute = 0; minute < 60; minute++) {
            Parked parked = assertParked(dispatch(job(ONLY_NORTH)));
            if (admission.room(NORTH) > 0) {
                // It comes back at once, as the other probe.
                parked = assertParked(dispatcher.dispatch(job(ONLY_NORTH), parked.parking()));
            }
            assertEquals(0, admission.room(NORTH), "with room it would go round and round: " + parked);
            time.pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void retriesAVendorThatCannotBeReachedForLongerThanItsAttemptsLast() throws Exception {
        vendors.always("north", GONE);
        Parked parked = assertParked(dispatch(job(ONLY_NORTH)));
        assertEquals(0, parked.parking().countedAttempts());
        assertTrue(parked.parking().attempts() > 3);
        assertEquals(Breaker.State.OPEN, admission.standing(NORTH).breaker());
    }

    @Test
    void accountsForAllThatAJobHasBeenThroughWhenItsVendorHasRecovered() throws Exception {
        time.pass(Duration.ofSeconds(7));
        vendors.always("north", OVERLOADED);
        Parked first = assertParked(dispatch(job(ONLY_NORTH)));
        assertEquals(
                new Parking(1, 3, 0, Duration.ofSeconds(3), Optional.of(Samples.NOW.plusSeconds(7))), first.parking());
        time.pass(Duration.ofSeconds(2));
        Parked second = assertParked(dispatcher.dispatch(job(ONLY_NORTH), first.parking()));
        assertEquals(2, second.parking().number());
        assertEquals(4, second.parking().attempts());
        vendors.always("north", COMPLETED);
        time.pass(Duration.ofSeconds(5));
        JobResult result = ended(dispatcher.dispatch(job(ONLY_NORTH), second.parking()));
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(5, result.attempts());
        assertEquals(5, vendors.calls().size());
        assertEquals(Duration.ofSeconds(5), result.vendorTime());
        assertEquals(Duration.ofSeconds(7), result.queued());
        assertEquals(JobEvent.Kind.STARTED, events.getLast().kind());
        assertEquals(5, events.getLast().attempt());
    }

    @Test
    void parksANewJobWithoutACallWhileItsVendorIsDown() throws Exception {
        vendors.always("north", OVERLOADED);
        assertParked(dispatch(job(ONLY_NORTH)));
        int calls = vendors.calls().size();
        Parked parked = assertParked(dispatch(job(ONLY_NORTH)));
        assertEquals(new VendorName("north"), parked.vendor());
        assertEquals(new Parking(1, 0, 0, Duration.ZERO, Optional.empty()), parked.parking());
        assertEquals(Samples.NOW.plus(Duration.ofHours(24)), parked.deadline());
        assertEquals(calls, vendors.calls().size());
    }

    @Test
    void leavesAVendorAloneForAnHourThatAsksForIt() throws Exception {
        vendors.then(new Refused(429, Optional.of(Duration.ofHours(1)), Optional.empty()));
        Parked parked = assertParked(dispatch(job(ONLY_NORTH)));
        assertEquals(0, parked.parking().countedAttempts());
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofMinutes(59));
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofMinutes(1));
        vendors.then(COMPLETED);
        assertEquals(
                2, ended(dispatcher.dispatch(job(ONLY_NORTH), parked.parking())).attempts());
    }

    @Test
    void waitsForTheFirstOfTwoVendorsThatWillTakeCalls() throws Exception {
        vendors.then(new Refused(429, Optional.of(Duration.ofHours(1)), Optional.empty()))
                .then(new Refused(429, Optional.of(Duration.ofMinutes(1)), Optional.empty()));
        assertEquals(
                new VendorName("south"), assertParked(dispatch(Samples.job())).vendor());
    }

    @Test
    void expiresAtTheDeadlineAndNotBefore() throws Exception {
        vendors.always("north", OVERLOADED);
        Instant deadline = Samples.NOW.plusSeconds(60);
        JobRequest job = Samples.job(ONLY_NORTH, false, Optional.empty(), Optional.of(deadline));
        Parked parked = assertParked(dispatch(job));
        time.pass(Duration.between(time.instant(), deadline.minusMillis(1_500)));
        while (admission.room(NORTH) > 0) {
            admission.admit(NORTH, false).orElseThrow().ended(OVERLOADED, ScriptedVendors.CALL);
        }
        JobResult result = ended(dispatcher.dispatch(job, parked.parking()));
        assertEquals(JobStatus.EXPIRED, result.status());
        assertEquals(deadline, result.completedAt());
        assertEquals(3, result.attempts());
    }

    @Test
    void parksAlsoAJobThatSomebodyWaitsForAndTellsIt() throws Exception {
        vendors.always("north", OVERLOADED);
        assertParked(dispatch(Samples.job(ONLY_NORTH, true, Optional.empty(), Optional.empty())));
        assertEquals(
                List.of(JobEvent.Kind.ATTEMPT_FAILED, JobEvent.Kind.ATTEMPT_FAILED, JobEvent.Kind.ATTEMPT_FAILED),
                events.stream().map(JobEvent::kind).toList());
    }

    @Test
    void setsAJobWithAnOrderingKeyAsideWhereItIs() throws Exception {
        vendors.always("north", OVERLOADED);
        JobRequest job = Samples.ordered(job(ONLY_NORTH), "customer 7");
        Later later = assertInstanceOf(Later.class, dispatch(job));
        assertEquals(Duration.ofSeconds(1), later.pause());
        assertEquals(0, later.soFar().number());
        assertEquals(3, later.soFar().attempts());
        vendors.always("north", COMPLETED);
        time.pass(Duration.ofSeconds(2));
        assertEquals(4, ended(dispatcher.dispatch(job, later.soFar())).attempts());
    }

    @Test
    void aParkedJobThatFindsNoRoomWaitsForOthersRatherThanGoRound() throws Exception {
        vendors.always("north", OVERLOADED);
        Parked parked = assertParked(dispatch(job(ONLY_NORTH)));
        time.pass(Duration.ofSeconds(2));
        var probes = List.of(
                admission.admit(NORTH, false).orElseThrow(),
                admission.admit(NORTH, false).orElseThrow());
        int before = time.pauses().size();
        assertEquals(
                2,
                assertParked(dispatcher.dispatch(job(ONLY_NORTH), parked.parking()))
                        .parking()
                        .number());
        assertTrue(time.pauses().size() > before + 3);
        probes.forEach(probe -> probe.ended(COMPLETED, ScriptedVendors.CALL));
        vendors.always("north", COMPLETED);
        assertEquals(
                JobStatus.SUCCEEDED,
                ended(dispatcher.dispatch(job(ONLY_NORTH), parked.parking())).status());
    }

    private static JobRequest job(String body) {
        return Samples.job(body);
    }

    private Dispatched dispatch(JobRequest job) throws InterruptedException {
        return dispatcher.dispatch(job, Parking.NONE);
    }

    private static Parked assertParked(Dispatched outcome) {
        return assertInstanceOf(Parked.class, outcome);
    }

    private static JobResult ended(Dispatched outcome) {
        return assertInstanceOf(Ended.class, outcome).result();
    }
}
