package io.genapi.simulator.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RequestBudget budget = new RequestBudget(nanos::get);

    private Allowance take() {
        return budget.take(OptionalInt.of(2));
    }

    @Test
    void grantsAMinutesRequestsAtOnceAndThenOneAtATime() {
        assertEquals(1, take().remaining());
        assertEquals(Duration.ofSeconds(30), take().untilNext());
        assertFalse(take().granted());

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertTrue(take().granted());
        assertFalse(take().granted());
    }

    @Test
    void startsFullWhenTheLimitChanges() {
        take();
        take();
        assertEquals(9, budget.take(OptionalInt.of(10)).remaining());
        assertTrue(budget.take(OptionalInt.empty()).granted());
    }
}
