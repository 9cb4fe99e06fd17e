package io.genapi.benchmarks.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.benchmarks.probe.Footprint;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerOptionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void countsForWholeRoundsAndHasJobsForAllOfThem() {
        WorkerOptions options = new WorkerOptions(100, Latency.fixed(Duration.ofSeconds(25)), MINUTE);
        assertEquals(Duration.ofSeconds(75), options.window());
        assertEquals(800, options.jobs());
        assertEquals(300, options.warmUp());
        assertEquals(4.0, options.idealPerSecond());
    }

    @Test
    void namesTheOptionTheValueAndTheRemedy() {
        assertEquals("--in-flight is 0; give at least 1 and at most 100,000", refusal(0, Latency.fixed(MINUTE)));
        assertEquals(
                "--latency is uniform:min=0.1s,max=0.3s, 0.2s on average; give at least 1s",
                refusal(10, Latency.uniform(Duration.ofMillis(100), Duration.ofMillis(300))));
    }

    @Test
    void ratesAreOfTheWindowAlone() {
        WorkerFigures figures = new WorkerFigures(
                MINUTE, Duration.ofSeconds(50), 2_000, 100, 0, Duration.ofSeconds(4), new Footprint(1, 1, 1));
        assertEquals(40.0, figures.perSecond());
        assertEquals(2.0, figures.cpuSecondsPerThousand());
    }

    private static String refusal(int inFlight, Latency latency) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> new WorkerOptions(inFlight, latency, MINUTE))
                        .getMessage());
    }
}
