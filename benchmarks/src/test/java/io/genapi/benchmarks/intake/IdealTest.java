package io.genapi.benchmarks.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.genapi.benchmarks.contender.JobLatencies;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdealTest {

    @Test
    void isPermitsByTheMeanOfWhatWasDrawn() {
        Ideal ideal = Ideal.of(100, 24, 1_000, new JobLatencies(Latency.fixed(Duration.ofSeconds(2)), 1));
        assertEquals(50.0, ideal.perSecond());
        assertEquals(Duration.ofSeconds(20), ideal.atLeast());
    }

    @Test
    void noScheduleIsShorterThanItsLongestJob() {
        Ideal ideal = new Ideal(10, 5, Duration.ofSeconds(20), Duration.ofSeconds(9));
        assertEquals(Duration.ofSeconds(9), ideal.atLeast());
    }

    @Test
    void aJobTakesAsLongForEveryContender() {
        JobLatencies latencies = new JobLatencies(Latency.logNormal(Duration.ofSeconds(2), 0.5), 3);
        assertEquals(latencies.of(4, 17), latencies.of(4, 17));
        assertNotEquals(latencies.of(4, 17), latencies.of(5, 17));
        assertNotEquals(latencies.of(4, 17), latencies.of(4, 18));
        Ideal ideal = Ideal.of(1_000, 24, 50_000, latencies);
        assertEquals(2.0, ideal.mean().toNanos() / 1e9, 0.05);
    }
}
