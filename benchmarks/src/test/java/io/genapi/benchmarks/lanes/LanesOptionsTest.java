package io.genapi.benchmarks.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LanesOptionsTest {

    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Latency LATENCY = Latency.uniform(Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void letsCallersUseAllThatIsPrioritysOwn() {
        LanesOptions options = new LanesOptions(100, 10, LATENCY, TIME);
        assertEquals(20, options.priorityPermits());
        assertEquals("100", options.workerSettings().get("genapi.worker.max-in-flight"));
        assertEquals("20", options.workerSettings().get("genapi.worker.shares.priority"));
    }

    @Test
    void namesTheOptionTheValueAndTheRemedy() {
        assertEquals("--in-flight is 9; give at least 10 and at most 10,000", refusal(9, 1, LATENCY, TIME));
        assertEquals(
                "--rate is 11, which keeps 22.0 calls in flight, and 20 permits are priority's own; give at least 1 and at"
                        + " most 10, or raise --in-flight",
                refusal(100, 11, LATENCY, TIME));
        assertEquals(
                "--latency is fixed:0.2s, 0.2s on average; give at least 1s",
                refusal(100, 1, Latency.fixed(Duration.ofMillis(200)), TIME));
        assertEquals("--time is PT0S; give a time such as 30s, at most 1h", refusal(100, 1, LATENCY, Duration.ZERO));
    }

    private static String refusal(int inFlight, int rate, Latency latency, Duration time) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> new LanesOptions(inFlight, rate, latency, time))
                        .getMessage());
    }
}
