package io.genapi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    @Test
    void makesAsManyRoundTripsAsItIsAskedFor() throws Exception {
        AtomicInteger trips = new AtomicInteger();
        Measurement measurement = ClosedLoop.run(trips::incrementAndGet, 7, 100);
        assertEquals(100, trips.get());
        assertEquals(100, measurement.latencyNanos().getTotalCount());
    }

    @Test
    void refusesToMeasureFailures() {
        assertThrows(
                IllegalStateException.class,
                () -> ClosedLoop.run(
                        () -> {
                            throw new IllegalStateException("no answer");
                        },
                        2,
                        10));
    }
}
