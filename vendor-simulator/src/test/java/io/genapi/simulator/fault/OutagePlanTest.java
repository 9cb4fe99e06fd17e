package io.genapi.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutagePlanTest {

    private static final Fault HANG = new Fault.Hang();
    private static final Fault DOWN = new Fault.Status(503);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final OutagePlan plan = new OutagePlan(nanos::get);

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private static Outage outage(int after, int lasting, Fault fault) {
        return new Outage(Duration.ofSeconds(after), Duration.ofSeconds(lasting), fault);
    }

    @Test
    void beginsAndEndsByTheClock() {
        plan.add(outage(5, 30, DOWN));
        assertEquals(Optional.empty(), plan.now());
        pass(Duration.ofSeconds(5));
        assertEquals(Optional.of(DOWN), plan.now());
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertEquals(Optional.of(DOWN), plan.now());
        pass(Duration.ofNanos(1));
        assertEquals(Optional.empty(), plan.now());
        assertEquals(0, plan.remaining());
    }

    @Test
    void letsTheOnePlannedFirstDecideWhereTwoMeet() {
        plan.add(outage(0, 10, DOWN));
        plan.add(outage(0, 20, HANG));
        assertEquals(Optional.of(DOWN), plan.now());
        pass(Duration.ofSeconds(10));
        assertEquals(Optional.of(HANG), plan.now());
        plan.clear();
        assertEquals(Optional.empty(), plan.now());
    }

    @Test
    void isBounded() {
        for (int planned = 0; planned < 1_000; planned++) {
            plan.add(outage(1, 1, DOWN));
        }
        assertThrows(IllegalArgumentException.class, () -> plan.add(outage(1, 1, DOWN)));
        pass(Duration.ofSeconds(2));
        plan.add(outage(1, 1, DOWN));
        assertEquals(1, plan.remaining());
    }
}
