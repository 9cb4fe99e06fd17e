package io.genapi.worker.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.attempt.RetryDecision.RetryAfter;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
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

    private final RetryPolicy patient = new RetryPolicy(20, Dice.highest());

    @Test
    void isDoneWithACompletion() {
        assertInstanceOf(Done.class, patient.decide(attempts(1, new Completed(Samples.completion())), NOW, TOMORROW));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
    void retriesWhatAnotherTimeMayGoWell(int status) {
        assertInstanceOf(RetryAfter.class, patient.decide(attempts(1, refused(status)), NOW, TOMORROW));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void givesUpWhatWouldFailAgain(int status) {
        assertInstanceOf(GiveUp.class, patient.decide(attempts(1, refused(status)), NOW, TOMORROW));
    }

    static Stream<VendorOutcome> failuresWithoutAnAnswer() {
        return Stream.of(new Unreachable("gone"), new TimedOut(Duration.ofSeconds(1)), new Broken("cut off"));
    }

    @ParameterizedTest
    @MethodSource("failuresWithoutAnAnswer")
    void retriesWhatGotNoWholeAnswer(VendorOutcome failure) {
        assertInstanceOf(RetryAfter.class, patient.decide(attempts(1, failure), NOW, TOMORROW));
    }

    @Test
    void buysNoSecondAnswerWhereTheFirstWasOfNoUse() {
        assertInstanceOf(GiveUp.class, patient.decide(attempts(1, new Unusable("not JSON")), NOW, TOMORROW));
    }

    @Test
    void doublesTheLongestPauseUpToTheCap() {
        List<Long> millis = Stream.of(1, 2, 3, 7, 8, 19)
                .map(attempts ->
                        pause(patient, attempts, refused(500)).plusNanos(1000).toMillis())
                .toList();
        assertEquals(List.of(250L, 500L, 1_000L, 16_000L, 20_000L, 20_000L), millis);
    }

    @Test
    void jittersTheWholePause() {
        assertEquals(Duration.ZERO, pause(new RetryPolicy(5, Dice.lowest()), 4, refused(500)));
    }

    @Test
    void leavesTheVendorAloneForAsLongAsItAsks() {
        Refused busy = new Refused(429, Optional.of(Duration.ofSeconds(90)), Optional.empty());
        assertEquals(Duration.ofSeconds(90), pause(new RetryPolicy(5, Dice.lowest()), 1, busy));
        Duration most = pause(patient, 1, busy);
        assertTrue(most.compareTo(Duration.ofSeconds(90)) > 0 && most.compareTo(Duration.ofSeconds(91)) < 0);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        RetryPolicy policy = new RetryPolicy(3, Dice.lowest());
        assertInstanceOf(RetryAfter.class, policy.decide(attempts(2, refused(500)), NOW, TOMORROW));
        assertInstanceOf(GiveUp.class, policy.decide(attempts(3, refused(500)), NOW, TOMORROW));
    }

    @Test
    void givesUpWhenThePauseWouldOutlastTheDeadline() {
        Refused busy = new Refused(429, Optional.of(Duration.ofSeconds(90)), Optional.empty());
        assertInstanceOf(GiveUp.class, patient.decide(attempts(1, busy), NOW, NOW.plusSeconds(90)));
        assertInstanceOf(RetryAfter.class, patient.decide(attempts(1, busy), NOW, NOW.plusSeconds(91)));
    }

    @Test
    void expiresWhenTheDeadlineCutTheCallOff() {
        assertInstanceOf(Expire.class, patient.decide(attempts(1, new TimedOut(Duration.ofSeconds(1))), NOW, NOW));
    }

    @Test
    void keepsACompletionThatCameAfterTheDeadline() {
        assertInstanceOf(Done.class, patient.decide(attempts(1, new Completed(Samples.completion())), NOW, NOW));
    }

    private static Duration pause(RetryPolicy policy, int attempts, VendorOutcome outcome) {
        return assertInstanceOf(RetryAfter.class, policy.decide(attempts(attempts, outcome), NOW, TOMORROW))
                .pause();
    }

    private static Refused refused(int status) {
        return new Refused(status, Optional.empty(), Optional.empty());
    }

    private static List<Attempt> attempts(int count, VendorOutcome outcome) {
        return Collections.nCopies(count, new Attempt(CANDIDATE, NOW, Duration.ofSeconds(1), outcome));
    }
}
