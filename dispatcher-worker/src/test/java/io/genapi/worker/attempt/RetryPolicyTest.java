package io.genapi.worker.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.attempt.RetryDecision.Park;
import io.genapi.worker.attempt.RetryDecision.RetryAfter;
import io.genapi.worker.attempt.RetryDecision.TryNext;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Candidate CANDIDATE =
            Samples.twoVendors().candidates(Samples.MODEL).getFirst();
    private static final Instant NOW = Samples.NOW;
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final Duration PARK_AFTER = Duration.ofSeconds(2);

    /** The vendor that failed works, and so does nobody else. */
    private static final Prospect ALONE = new Prospect(false, true, Optional.of(NOW), true);

    private static final Prospect NOBODY_WORKS = new Prospect(false, true, Optional.empty(), false);
    private static final Prospect NOBODY_WAS_SERVED = new Prospect(false, true, Optional.of(NOW), false);

    private static final Unprepared UNPREPARED =
            new Unprepared("no images", ApiError.server(504, "images_too_slow", "Send smaller ones."));

    private final RetryPolicy patient = new RetryPolicy(20, PARK_AFTER, false, Dice.highest());

    @Test
    void isDoneWithACompletion() {
        assertInstanceOf(Done.class, decide(patient, attempts(1, new Completed(Samples.completion()))));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
    void retriesWhatAnotherTimeMayGoWell(int status) {
        assertInstanceOf(RetryAfter.class, decide(patient, attempts(1, refused(status))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void givesUpWhatWouldFailAgain(int status) {
        assertInstanceOf(GiveUp.class, decide(patient, attempts(1, refused(status))));
        assertInstanceOf(GiveUp.class, patient.decide(attempts(1, refused(status)), NOBODY_WORKS, NOW, TOMORROW));
    }

    static Stream<VendorOutcome> failuresWithoutAnAnswer() {
        return Stream.of(
                new Unreachable("gone"), new TimedOut(Duration.ofSeconds(1), true), new Broken("cut off"), UNPREPARED);
    }

    @ParameterizedTest
    @MethodSource("failuresWithoutAnAnswer")
    void retriesWhatGotNoWholeAnswer(VendorOutcome failure) {
        assertInstanceOf(RetryAfter.class, decide(patient, attempts(1, failure)));
    }

    @Test
    void givesUpWhatIsNotReadyAfterSoManyAttemptsThoughNobodyElseWasServed() {
        assertInstanceOf(GiveUp.class, patient.decide(attempts(20, UNPREPARED), NOBODY_WAS_SERVED, NOW, TOMORROW));
        assertInstanceOf(
                Park.class, patient.decide(attempts(20, new Broken("cut off")), NOBODY_WAS_SERVED, NOW, TOMORROW));
    }

    @Test
    void buysNoSecondAnswerWhereTheFirstWasOfNoUse() {
        assertInstanceOf(GiveUp.class, decide(patient, attempts(1, new Unusable("not JSON"))));
    }

    @Test
    void takesAnotherCandidateAtOnceWhereOneIsAdmitted() {
        Prospect fallback = new Prospect(true, true, Optional.of(NOW), true);
        assertInstanceOf(TryNext.class, patient.decide(attempts(1, refused(503)), fallback, NOW, TOMORROW));
    }

    @Test
    void doublesTheLongestPauseUpToTheCap() {
        List<Long> millis = Stream.of(1, 2, 3, 4, 19)
                .map(attempts ->
                        pause(patient, attempts, refused(500)).plusNanos(1000).toMillis())
                .toList();
        assertEquals(List.of(250L, 500L, 1_000L, 2_000L, 2_000L), millis);
    }

    @Test
    void jittersTheWholePause() {
        assertEquals(Duration.ZERO, pause(new RetryPolicy(5, PARK_AFTER, false, Dice.lowest()), 4, refused(500)));
    }

    @Test
    void leavesTheVendorAloneForAsLongAsItAsks() {
        assertEquals(
                Duration.ofSeconds(1),
                pause(new RetryPolicy(5, PARK_AFTER, false, Dice.lowest()), 1, busy(Duration.ofSeconds(1))));
        Duration most = pause(patient, 1, busy(Duration.ofSeconds(1)));
        assertTrue(most.toMillis() > 1_200 && most.toMillis() < 1_250, most.toString());
    }

    @Test
    void parksWhatWouldPauseForLong() {
        assertEquals(
                new Park(busy(Duration.ofSeconds(90)), false),
                decide(patient, attempts(1, busy(Duration.ofSeconds(90)))));
        Prospect rests = new Prospect(false, true, Optional.of(NOW.plusSeconds(90)), true);
        assertEquals(new Park(refused(503), false), patient.decide(attempts(1, refused(503)), rests, NOW, TOMORROW));
    }

    @Test
    void waitsInPlaceForWhatConcernsThisJobAlone() {
        Refused conflict = new Refused(409, Optional.of(Duration.ofHours(1)), Optional.empty());
        assertTrue(pause(patient, 1, conflict).compareTo(PARK_AFTER) <= 0);
    }

    @Test
    void knowsSinceWhenItTriesWithTheAttemptsThatAreLeft() {
        Instant first = NOW.minusSeconds(60);
        History tried = new History(new Parking(1, 4, 4, Duration.ZERO, Optional.of(first)));
        History forgiven = new History(new Parking(1, 5, 0, Duration.ZERO, Optional.of(first)));
        for (History history : List.of(tried, forgiven)) {
            history.add(attempt(refused(500), false));
        }
        assertEquals(first, tried.triedSince());
        assertEquals(NOW, forgiven.triedSince());
    }

    @Test
    void parksAtOnceWhenNoVendorWorks() {
        assertEquals(
                new Park(refused(503), false), patient.decide(attempts(1, refused(503)), NOBODY_WORKS, NOW, TOMORROW));
    }

    @Test
    void givesUpAfterTheLastAttemptWhereOthersAreServed() {
        RetryPolicy policy = new RetryPolicy(3, PARK_AFTER, false, Dice.lowest());
        assertInstanceOf(RetryAfter.class, decide(policy, attempts(2, refused(500))));
        assertInstanceOf(GiveUp.class, decide(policy, attempts(3, refused(500))));
    }

    @Test
    void findsThatTheVendorIsDownWhereNobodyElseIsServedEither() {
        RetryPolicy policy = new RetryPolicy(3, PARK_AFTER, false, Dice.lowest());
        assertEquals(
                new Park(refused(500), true),
                policy.decide(attempts(3, refused(500)), NOBODY_WAS_SERVED, NOW, TOMORROW));
    }

    static Stream<VendorOutcome> failuresThatAreTheVendorsBadHour() {
        return Stream.of(refused(429), new Unreachable("gone"));
    }

    @ParameterizedTest
    @MethodSource("failuresThatAreTheVendorsBadHour")
    void neverUsesAttemptsUpOnAVendorsBadHour(VendorOutcome failure) {
        RetryPolicy policy = new RetryPolicy(3, PARK_AFTER, false, Dice.lowest());
        assertInstanceOf(RetryAfter.class, decide(policy, attempts(50, failure)));
    }

    @Test
    void countsFailuresOnlyWhileTheVendorIsNotKnownToBeInTrouble() {
        History history = History.none();
        history.add(attempt(refused(503), false));
        history.add(attempt(refused(503), true));
        history.add(attempt(new TimedOut(Duration.ofSeconds(1), true), true));
        history.add(attempt(new Broken("cut off"), true));
        history.add(attempt(refused(409), true));
        assertEquals(2, history.countedAttempts());
        assertEquals(5, history.attempts());
    }

    @Test
    void countsWhatWasCountedBeforeTheJobWasParked() {
        Parking before = new Parking(1, 9, 2, Duration.ofSeconds(9), Optional.of(NOW.minusSeconds(60)));
        History history = new History(before);
        history.add(attempt(refused(500), false));
        assertInstanceOf(GiveUp.class, decide(new RetryPolicy(3, PARK_AFTER, false, Dice.lowest()), history));
        assertEquals(new Parking(2, 10, 3, Duration.ofSeconds(10), before.firstAttemptAt()), history.parked());
        assertEquals(0, history.parkedForTrouble().countedAttempts());
    }

    @Test
    void waitsForADeadlineThatIsNearAndParksWhatHasTime() {
        Refused busy = busy(Duration.ofSeconds(90));
        assertEquals(
                new RetryAfter(Duration.ofSeconds(2), busy),
                patient.decide(attempts(1, busy), ALONE, NOW, NOW.plusSeconds(2)));
        assertEquals(new Park(busy, false), patient.decide(attempts(1, busy), ALONE, NOW, NOW.plusSeconds(3)));
        assertEquals(
                new RetryAfter(Duration.ofSeconds(1), busy),
                patient.decide(attempts(1, busy), NOBODY_WORKS, NOW, NOW.plusSeconds(1)));
    }

    @Test
    void expiresWhenTheDeadlineCutTheCallOff() {
        assertInstanceOf(
                Expire.class, patient.decide(attempts(1, new TimedOut(Duration.ofSeconds(1), true)), ALONE, NOW, NOW));
    }

    @Test
    void givesUpAnAnswerThatBrokeOffInTheMidstUnlessItIsToldToBeginAnew() {
        Broken broken = new Broken("cut off");
        History history = History.none();
        history.add(attempt(broken, false, Optional.of(new PublishedRun(new RunId("0a1b2c3d"), 3))));
        assertEquals(new GiveUp(broken), decide(patient, history));
        RetryPolicy restarting = new RetryPolicy(20, PARK_AFTER, true, Dice.highest());
        assertInstanceOf(RetryAfter.class, decide(restarting, history));
        assertInstanceOf(Expire.class, patient.decide(history, ALONE, NOW, NOW));
        history.add(attempt(broken, false));
        assertInstanceOf(RetryAfter.class, decide(restarting, history), "of which nothing was published");
    }

    @Test
    void keepsACompletionThatCameAfterTheDeadline() {
        assertInstanceOf(Done.class, patient.decide(attempts(1, new Completed(Samples.completion())), ALONE, NOW, NOW));
    }

    @Test
    void parksANewJobAtOnceAndLetsOneThatWasLetInLookAgainForAWhile() {
        Duration hour = Duration.ofHours(1);
        History resumed = new History(new Parking(1, 0, 0, Duration.ZERO, Optional.empty()));
        assertEquals(Optional.empty(), patient.withoutRoom(History.none(), true, Duration.ZERO, hour));
        assertTrue(patient.withoutRoom(resumed, true, Duration.ZERO, hour).isPresent());
        assertEquals(Optional.empty(), patient.withoutRoom(resumed, true, PARK_AFTER, hour));
        assertEquals(Optional.empty(), patient.withoutRoom(resumed, false, Duration.ZERO, hour));
        assertEquals(Optional.of(PARK_AFTER), patient.withoutRoom(History.none(), false, Duration.ZERO, PARK_AFTER));
    }

    private static Duration pause(RetryPolicy policy, int attempts, VendorOutcome outcome) {
        return assertInstanceOf(RetryAfter.class, decide(policy, attempts(attempts, outcome)))
                .pause();
    }

    private static RetryDecision decide(RetryPolicy policy, History history) {
        return policy.decide(history, ALONE, NOW, TOMORROW);
    }

    private static Refused busy(Duration retryAfter) {
        return new Refused(429, Optional.of(retryAfter), Optional.empty());
    }

    private static Refused refused(int status) {
        return new Refused(status, Optional.empty(), Optional.empty());
    }

    private static History attempts(int count, VendorOutcome outcome) {
        History history = History.none();
        Collections.nCopies(count, attempt(outcome, false)).forEach(history::add);
        return history;
    }

    private static Attempt attempt(VendorOutcome outcome, boolean vendorInTrouble) {
        return attempt(outcome, vendorInTrouble, Optional.empty());
    }

    private static Attempt attempt(VendorOutcome outcome, boolean vendorInTrouble, Optional<PublishedRun> published) {
        return new Attempt(
                CANDIDATE, NOW, Duration.ofSeconds(1), outcome, Optional.empty(), vendorInTrouble, published);
    }
}
