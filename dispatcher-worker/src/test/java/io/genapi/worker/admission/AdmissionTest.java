package io.genapi.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.schemas.control.Sighting.Rests;
import io.genapi.schemas.control.Sighting.Up;
import io.genapi.worker.Admissions;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Destination NORTH = Admissions.destination("north", "small");
    private static final Destination NORTH_LARGE = Admissions.destination("north", "large");
    private static final Destination SOUTH = Admissions.destination("south", "small");
    private static final Duration TOOK = Duration.ofMillis(100);
    private static final VendorOutcome COMPLETED = new Completed(Samples.completion());
    private static final VendorOutcome GONE = new Unreachable("gone");
    private static final VendorOutcome OVERLOADED = new Refused(503, Optional.empty(), Optional.empty());

    private final VirtualTime time = new VirtualTime();
    private final List<String> news = Collections.synchronizedList(new ArrayList<>());
    private final List<Finding> told = Collections.synchronizedList(new ArrayList<>());
    private final Admission admission = admission(100);

    @Test
    void letsAsManyCallsRunAtOnceAsItMay() {
        List<Permit> permits = permits(NORTH, 100);
        assertEquals(0, admission.room(NORTH));
        assertEquals(Optional.empty(), admission.admit(NORTH, false));
        assertEquals(100, admission.room(SOUTH));
        permits.getFirst().abandoned();
        assertEquals(1, admission.room(NORTH));
    }

    @Test
    void shutsAVendorThatFailsAndToldSoOnce() {
        breakDown(NORTH);
        assertEquals(0, admission.room(NORTH));
        assertEquals(Breaker.State.OPEN, admission.standing(NORTH).breaker());
        assertEquals(100, admission.room(SOUTH));
        for (int tries = 0; tries < 5; tries++) {
            time.pass(Duration.ofSeconds(5));
            fail(NORTH, 2);
        }
        assertEquals(List.of("north is down"), news);
    }

    @Test
    void leavesAVendorOpenWhoseCallersAreAtFault() {
        for (int calls = 0; calls < 50; calls++) {
            end(NORTH, new Refused(400, Optional.empty(), Optional.empty()));
            end(NORTH, new Refused(401, Optional.empty(), Optional.empty()));
        }
        assertEquals(100, admission.room(NORTH));
    }

    @Test
    void holdsNothingAgainstAVendorThatHadLessTimeThanACallIsDue() {
        for (int calls = 0; calls < 50; calls++) {
            permit(NORTH).ended(new TimedOut(Duration.ofMillis(5), false), TOOK);
        }
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
        assertEquals(0, admission.standing(NORTH).running());
    }

    @Test
    void triesAfterOneTwoAndThenEveryFourSeconds() {
        breakDown(NORTH);
        for (int seconds : List.of(1, 2, 4, 4, 4)) {
            time.pass(Duration.ofSeconds(seconds));
            assertEquals(0, admission.room(NORTH));
            time.pass(Duration.ofMillis(1));
            assertEquals(2, admission.room(NORTH));
            fail(NORTH, 2);
            assertEquals(0, admission.room(NORTH));
        }
    }

    @Test
    void oneAnsweredProbeIsEnoughAndTheLimitGrowsFromThere() {
        breakDown(NORTH);
        time.pass(Duration.ofSeconds(2));
        Permit answered = permit(NORTH);
        Permit silent = permit(NORTH);
        assertEquals(Optional.empty(), admission.admit(NORTH, false));
        assertFalse(answered.ended(COMPLETED, TOOK));
        assertEquals(2, admission.room(NORTH));
        assertEquals(List.of("north is down", "north has recovered"), news);
        for (int most : List.of(4, 8, 16, 32, 64, 100, 100)) {
            permits(NORTH, admission.room(NORTH)).forEach(permit -> permit.ended(COMPLETED, TOOK));
            assertEquals(most, admission.room(NORTH));
        }
        assertFalse(silent.ended(OVERLOADED, TOOK));
    }

    @Test
    void callsThatHangSinceBeforeAnOutageTakeNoRoomFromThoseAfterIt() {
        List<Permit> hanging = permits(NORTH, 90);
        breakDown(NORTH);
        time.pass(Duration.ofSeconds(2));
        end(NORTH, COMPLETED);
        assertEquals(2, admission.room(NORTH));
        hanging.forEach(permit -> permit.ended(new TimedOut(Duration.ofMinutes(10), true), Duration.ofMinutes(10)));
        assertEquals(2, admission.room(NORTH));
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
    }

    @Test
    void probesThatAreSilentDoNotHoldUpFurtherOnes() {
        breakDown(NORTH);
        time.pass(Duration.ofSeconds(2));
        List<Permit> silent = permits(NORTH, 2);
        time.pass(Duration.ofSeconds(10));
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofMillis(1));
        assertEquals(2, admission.room(NORTH));
        assertEquals(new Down(NORTH.model(), Samples.NOW, time.instant().plusSeconds(1)), told.getLast());
        permits(NORTH, 2);
        assertEquals(0, admission.room(NORTH));
        assertFalse(silent.getFirst().ended(COMPLETED, Duration.ofSeconds(13)));
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
    }

    @Test
    void failuresFromBeforeAnOutageAreNoAnswersOfProbes() {
        List<Permit> old = permits(NORTH, 20);
        breakDown(NORTH);
        time.pass(Duration.ofSeconds(2));
        List<Permit> probes = permits(NORTH, 2);
        old.forEach(permit -> assertTrue(permit.ended(GONE, TOOK)));
        assertEquals(Breaker.State.HALF_OPEN, admission.standing(NORTH).breaker());
        probes.forEach(permit -> permit.ended(COMPLETED, TOOK));
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
    }

    @Test
    void anAnswerFromBeforeAnOutageDoesNotEndIt() {
        Permit old = permit(NORTH);
        breakDown(NORTH);
        assertTrue(old.ended(COMPLETED, TOOK));
        assertEquals(Breaker.State.OPEN, admission.standing(NORTH).breaker());
    }

    @Test
    void aVendorThatAsksForAnHourHasItAndHasNotFailed() {
        List<Permit> running = permits(NORTH, 40);
        assertFalse(
                running.getFirst().ended(new Refused(429, Optional.of(Duration.ofHours(1)), Optional.empty()), TOOK));
        running.subList(1, 40).forEach(permit -> permit.ended(COMPLETED, TOOK));
        assertEquals(0, admission.room(NORTH));
        assertEquals(
                Samples.NOW.plus(Duration.ofHours(1)), admission.standing(NORTH).nextCall());
        time.pass(Duration.ofMinutes(59));
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofMinutes(1));
        assertTrue(admission.room(NORTH) >= 20 && admission.room(NORTH) < 30, "" + admission.room(NORTH));
        assertEquals(List.of("north rests"), news);
    }

    @Test
    void a429WithoutATimeMeansTheDefaultOne() {
        end(NORTH, new Refused(429, Optional.empty(), Optional.empty()));
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofSeconds(1));
        assertEquals(1, admission.room(NORTH));
    }

    @Test
    void aServerThatFailsRestsNoLongerThanAGuessIsWorth() {
        end(NORTH, new Refused(503, Optional.of(Duration.ofHours(1)), Optional.empty()));
        assertEquals(
                Samples.NOW.plus(Duration.ofMinutes(1)),
                admission.standing(NORTH).restsUntil());
    }

    @Test
    void aJobThatKnowsCanShutAVendorThatTooFewCallsWereMadeTo() {
        admission.suspend(NORTH);
        assertEquals(0, admission.room(NORTH));
        time.pass(Duration.ofMillis(1_001));
        assertEquals(2, admission.room(NORTH));
        admission.suspend(NORTH);
        end(NORTH, COMPLETED);
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
    }

    @Test
    void knowsWhetherOthersWereServedSince() {
        Permit early = permit(NORTH);
        time.pass(Duration.ofSeconds(1));
        Instant first = time.instant();
        early.ended(COMPLETED, TOOK);
        assertFalse(admission.hasServedSince(NORTH, first));
        time.pass(Duration.ofSeconds(1));
        end(NORTH, new Refused(400, Optional.empty(), Optional.empty()));
        assertFalse(admission.hasServedSince(NORTH, first));
        end(NORTH, COMPLETED);
        assertTrue(admission.hasServedSince(NORTH, first));
        assertFalse(admission.hasServedSince(SOUTH, first));
    }

    @Test
    void aModelThatFailsTakesNoOtherOfItsVendorWithIt() {
        breakDown(NORTH);
        assertEquals(0, admission.room(NORTH));
        assertEquals(100, admission.room(NORTH_LARGE));
        permit(NORTH_LARGE).abandoned();
        assertEquals(100, admission.room(NORTH.vendor()));
        breakDown(NORTH_LARGE);
        assertEquals(0, admission.room(NORTH.vendor()));
        assertEquals(100, admission.room(SOUTH.vendor()), "of a vendor that was never called nothing bad is known");
    }

    @Test
    void aModelThatNobodyAsksForGivesItsVendorNoRoom() {
        breakDown(NORTH);
        assertEquals(100, admission.standing(NORTH_LARGE).room());
        assertEquals(0, admission.room(NORTH.vendor()));
        Destination otherKey = new Destination(new Account(NORTH.vendor(), "other"), NORTH.model());
        assertEquals(100, admission.standing(otherKey).room());
        assertEquals(100, admission.room(NORTH.vendor()), "its jobs may take another key");
    }

    @Test
    void recoversInSecondsHoweverSlowItsAnswersAre() {
        breakDown(NORTH);
        time.pass(Duration.ofSeconds(2));
        end(NORTH, COMPLETED);
        List<Permit> inFlight = new ArrayList<>();
        for (int looks = 0; looks < 15; looks++) {
            inFlight.addAll(permits(NORTH, admission.room(NORTH)));
            time.pass(Duration.ofMillis(200));
        }
        assertTrue(inFlight.size() >= 90, inFlight.size() + " in flight after 3 s without an answer");
    }

    @Test
    void aVendorsRoomIsThatOfWhereItsJobsMayStillBeSent() {
        breakDown(NORTH);
        end(NORTH_LARGE, COMPLETED);
        assertEquals(100, admission.room(NORTH.vendor()));
        admission.serve(Set.of(NORTH, SOUTH));
        assertEquals(0, admission.room(NORTH.vendor()));
        admission.serve(Set.of(NORTH, NORTH_LARGE, SOUTH));
        assertEquals(100, admission.room(NORTH.vendor()));
    }

    @Test
    void anotherKeyDoesNotRestForTheOneBefore() {
        end(NORTH, new Refused(429, Optional.of(Duration.ofHours(1)), Optional.empty()));
        assertEquals(0, admission.room(NORTH));
        admission.renew(NORTH.account());
        assertTrue(admission.room(NORTH) > 0);
        assertFalse(admission.standing(NORTH).restsUntil().isAfter(time.instant()));
    }

    @Test
    void tellsTheOthersWhatTheVendorSaysOfARestAndNotWhatAServerGuesses() {
        end(NORTH, new Refused(503, Optional.of(Duration.ofMinutes(1)), Optional.empty()));
        assertEquals(List.of(), told);
        end(SOUTH, new Refused(429, Optional.of(Duration.ofMillis(900)), Optional.empty()));
        assertEquals(List.of(), told, "it is over when they hear of it");
        time.pass(Duration.ofSeconds(1));
        end(SOUTH, new Refused(429, Optional.of(Duration.ofHours(1)), Optional.empty()));
        assertEquals(List.of(new Rests(time.instant().plus(Duration.ofHours(1)))), told);
    }

    @Test
    void believesAnothersRestForAMinuteAndThenLooksForItself() {
        hear(NORTH, new Rests(time.instant().plus(Duration.ofHours(1))));
        assertEquals(0, admission.room(NORTH));
        assertEquals(0, admission.room(NORTH_LARGE));
        assertEquals(100, admission.room(SOUTH));
        time.pass(Duration.ofSeconds(60));
        assertEquals(100, admission.room(NORTH));
        assertEquals(List.of(), told, "hearsay is not told on");
    }

    @Test
    void triesAtOnceWhenAnotherFoundThatItWorksHoweverLongItsOwnProbesAreSilent() {
        breakDown(NORTH);
        time.pass(Duration.ofMillis(1_001));
        List<Permit> silent = permits(NORTH, 2);
        assertEquals(0, admission.room(NORTH));
        hear(NORTH, new Up(NORTH.model()));
        assertEquals(2, admission.room(NORTH));
        end(NORTH, COMPLETED);
        silent.forEach(permit -> permit.ended(GONE, TOOK));
        assertEquals(Breaker.State.CLOSED, admission.standing(NORTH).breaker());
    }

    @Test
    void tellsOnceThatItIsDownAndAgainWithEachTryInVain() {
        breakDown(NORTH);
        Instant since = time.instant();
        assertEquals(new Down(NORTH.model(), since, since.plusSeconds(1)), told.getLast());
        int before = told.size();
        time.pass(Duration.ofMillis(1_001));
        end(NORTH, GONE);
        assertEquals(new Down(NORTH.model(), since, time.instant().plusSeconds(1)), told.getLast());
        end(NORTH, GONE);
        assertEquals(new Down(NORTH.model(), since, time.instant().plusSeconds(2)), told.getLast());
        assertEquals(before + 2, told.size());
        time.pass(Duration.ofMillis(2_001));
        end(NORTH, COMPLETED);
        assertEquals(new Up(NORTH.model()), told.getLast());
    }

    @Test
    void neverTellsOnWhatItOnlyHeard() {
        hear(NORTH, new Down(NORTH.model(), time.instant(), time.instant().plusSeconds(4)));
        assertEquals(Breaker.State.OPEN, breakerAfterLooking(NORTH));
        assertEquals(List.of(), told);
        assertEquals(List.of("north is down"), news);
    }

    @Test
    void makesNothingOfWhatIsSaidOfADestinationThatItDoesNotServe() {
        admission.serve(Set.of(SOUTH));
        hear(NORTH, new Down(NORTH.model(), time.instant(), time.instant().plusSeconds(4)));
        assertEquals(Breaker.State.CLOSED, breakerAfterLooking(NORTH));
    }

    private void hear(Destination destination, Finding finding) {
        admission.hear(new Sighting(
                "another worker",
                time.instant(),
                destination.vendor(),
                destination.account().key(),
                finding));
    }

    private Breaker.State breakerAfterLooking(Destination destination) {
        return admission.standing(destination).breaker();
    }

    @Test
    void theModelsOfAnAccountShareItsRestAndItsLimit() {
        List<Permit> small = permits(NORTH, 60);
        List<Permit> large = permits(NORTH_LARGE, 40);
        assertEquals(0, admission.room(NORTH_LARGE));
        small.getFirst().ended(new Refused(429, Optional.of(Duration.ofMinutes(1)), Optional.empty()), TOOK);
        small.subList(1, 60).forEach(permit -> permit.ended(COMPLETED, TOOK));
        large.forEach(permit -> permit.ended(COMPLETED, TOOK));
        assertEquals(0, admission.room(NORTH_LARGE));
        time.pass(Duration.ofMinutes(1));
        assertTrue(admission.room(NORTH_LARGE) >= 50 && admission.room(NORTH_LARGE) < 60);
    }

    @Test
    void keepsRetriesAPartOfAVendorsCalls() {
        int retries = 0;
        for (int call = 0; call < 1_000; call++) {
            end(NORTH, COMPLETED);
            Optional<Permit> retry = admission.admit(NORTH_LARGE, true);
            retry.ifPresent(permit -> permit.ended(COMPLETED, TOOK));
            retries += retry.isPresent() ? 1 : 0;
        }
        assertEquals(209, retries, "a fifth of the first calls, and what is there for whoever calls rarely");
        assertEquals(Optional.empty(), admission.admit(NORTH, true));
        assertTrue(admission.admit(SOUTH, true).isPresent(), "each vendor has its own");
        time.pass(Duration.ofSeconds(1));
        assertTrue(admission.admit(NORTH, true).isPresent());
    }

    @Test
    void manyThreadsNeverRunMoreCallsThanItMayAndLeaveNonePending() throws Exception {
        int most = 7;
        Admission narrow = admission(most);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        List<VendorOutcome> outcomes = List.of(COMPLETED, COMPLETED, COMPLETED, new Broken("cut off"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 50; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                all.add(threads.submit(() -> {
                    for (int call = 0; call < 500; call++) {
                        Optional<Permit> permit = narrow.admit(SOUTH, false);
                        if (permit.isPresent()) {
                            made.incrementAndGet();
                            assertTrue(running.incrementAndGet() <= most);
                            running.decrementAndGet();
                            permit.get().ended(outcomes.get(random.nextInt(4)), TOOK);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertTrue(made.get() > 0);
        assertEquals(0, narrow.standing(SOUTH).running());
    }

    private Admission admission(int mostCalls) {
        AdmissionNews listener = new AdmissionNews() {
            @Override
            public void down(Destination destination) {
                news.add(destination.vendor() + " is down");
            }

            @Override
            public void recovered(Destination destination) {
                news.add(destination.vendor() + " has recovered");
            }

            @Override
            public void rests(Account account, Instant until) {
                news.add(account.vendor() + " rests");
            }

            @Override
            public void refused(Destination destination) {}
        };
        return Admissions.of(mostCalls, time, listener, finding -> told.add(finding));
    }

    private void breakDown(Destination destination) {
        fail(destination, 10);
        assertEquals(Breaker.State.OPEN, admission.standing(destination).breaker());
    }

    private void fail(Destination destination, int times) {
        for (int call = 0; call < times; call++) {
            end(destination, call % 2 == 0 ? GONE : OVERLOADED);
        }
    }

    private void end(Destination destination, VendorOutcome outcome) {
        permit(destination).ended(outcome, TOOK);
    }

    private Permit permit(Destination destination) {
        return admission.admit(destination, false).orElseThrow();
    }

    private List<Permit> permits(Destination destination, int count) {
        List<Permit> permits = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            permits.add(permit(destination));
        }
        return permits;
    }
}
