package io.genapi.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.worker.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallLimitTest {

    private static final Instant NOW = Samples.NOW;
    private static final Instant LATER = NOW.plusSeconds(30);
    private static final int MOST = 1_000;

    @Test
    void doublesWithEachRoundTripWhileItRecovers() {
        CallLimit limit = CallLimit.of(2, MOST, NOW);
        for (int trip = 1; trip <= 5; trip++) {
            limit = roundTrip(limit);
            assertEquals(2 << trip, limit.whole());
        }
    }

    @Test
    void growsNoFurtherThanItMay() {
        CallLimit limit = CallLimit.of(900, MOST, NOW);
        assertEquals(MOST, roundTrip(limit).whole());
    }

    @Test
    void isHalvedOncePerRoundTripHoweverManyAreRefused() {
        CallLimit limit = CallLimit.of(100, MOST, NOW);
        for (int refused = 0; refused < 50; refused++) {
            limit = limit.throttled(NOW.minusSeconds(1), NOW, 80);
        }
        assertEquals(40, limit.whole());
        assertEquals(20, limit.throttled(NOW, NOW.plusSeconds(1), 40).whole());
    }

    @Test
    void learnsNothingOfALimitWhileWhateverItCallsIsRefused() {
        CallLimit limit = CallLimit.of(100, MOST, NOW).throttled(NOW, NOW, 80);
        for (int rest = 1; rest <= 10; rest++) {
            limit = limit.throttled(NOW.plusSeconds(rest), NOW.plusSeconds(rest), limit.whole());
        }
        assertEquals(20, limit.whole());
        for (int most : new int[] {40, 80}) {
            limit = roundTrip(limit);
            assertEquals(most, limit.whole());
        }
        assertTrue(roundTrip(limit).whole() <= 84);
    }

    @Test
    void isNotTakenForAnsweredByCallsThatWereInFlightWhenItWasHalved() {
        CallLimit limit = CallLimit.of(100, MOST, NOW).throttled(NOW, NOW, 80);
        for (int late = 0; late < 40; late++) {
            limit = limit.answered(NOW.minusMillis(1), NOW.plusMillis(500), MOST);
        }
        assertEquals(40, limit.whole());
        assertEquals(
                20, limit.throttled(NOW.plusSeconds(2), NOW.plusSeconds(2), 1).whole());
    }

    @Test
    void neverFallsBelowOneCall() {
        assertEquals(1, CallLimit.of(1, MOST, NOW).throttled(NOW, NOW, 1).whole());
    }

    @Test
    void growsSlowlyAboveWhereItWasHalved() {
        CallLimit few = CallLimit.of(20, MOST, NOW).throttled(NOW, NOW, 20);
        assertEquals(10, few.whole());
        assertTrue(roundTrip(few).whole() <= 11);
        CallLimit many = CallLimit.of(800, MOST, NOW).throttled(NOW, NOW, 800);
        assertEquals(420, roundTrip(many).whole());
    }

    @Test
    void doublesWithTimeWhileItRecoversSinceARoundTripMayTakeMinutes() {
        CallLimit limit = CallLimit.of(4, MOST, NOW);
        for (int step = 1; step <= 20; step++) {
            limit = limit.at(NOW.plusMillis(step * 100L), limit.whole());
        }
        assertEquals(64, limit.whole());
        assertEquals(MOST, limit.at(NOW.plusSeconds(60), limit.whole()).whole());
    }

    @Test
    void doesNotGrowWithTimeWhileNobodyNeedsIt() {
        CallLimit idle = CallLimit.of(4, MOST, NOW).at(NOW.plusSeconds(60), 1);
        assertEquals(4, idle.whole());
        assertEquals(8, idle.at(NOW.plusMillis(60_500), 4).whole());
    }

    @Test
    void doesNotGrowWithTimeWhileWhateverItCallsIsRefused() {
        CallLimit refused = CallLimit.of(80, MOST, NOW)
                .throttled(NOW, NOW, 80)
                .throttled(NOW.plusSeconds(1), NOW.plusSeconds(1), 40);
        assertEquals(20, refused.at(NOW.plusSeconds(60), 20).whole());
        CallLimit again = refused.answered(NOW.plusSeconds(59), NOW.plusSeconds(60), MOST);
        assertEquals(42, again.at(NOW.plusMillis(60_500), 20).whole());
        assertEquals(80, again.at(NOW.plusSeconds(90), 20).whole());
    }

    private static CallLimit roundTrip(CallLimit limit) {
        CallLimit next = limit;
        for (int answer = 0; answer < limit.whole(); answer++) {
            next = next.answered(LATER, LATER, MOST);
        }
        return next;
    }
}
