package io.genapi.benchmarks.lanes;

import io.genapi.chaos.cluster.Layout;
import io.genapi.simulator.latency.DurationNotation;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured.
 *
 * @param inFlight vendor calls that the worker may have at once
 * @param callersPerSecond who wait in the lane priority; what they keep in flight is within priority's own share
 * @param latency of the vendor, one second or more on average: shorter, and the machine is what lanes wait for
 * @param time for which callers are counted in each of the parts
 */
public record LanesOptions(int inFlight, int callersPerSecond, Latency latency, Duration time) {

    /** Percent of the permits that are priority's own. */
    private static final int PRIORITY = 20;

    /** What default and flex have for their own, each; they lend each other what they leave unused. */
    private static final int DEFAULT = 50;

    private static final int FLEX = 20;

    private static final int FEWEST_IN_FLIGHT = 10;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int PARTITIONS = 24;
    private static final Duration LONGEST = Duration.ofHours(1);

    public LanesOptions {
        if (inFlight < FEWEST_IN_FLIGHT || inFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--in-flight is %,d; give at least %d and at most %,d",
                    inFlight,
                    FEWEST_IN_FLIGHT,
                    MOST_IN_FLIGHT));
        }
        if (latency.mean().toSeconds() < 1) {
            throw new IllegalArgumentException("--latency is %s, %s on average; give at least 1s"
                    .formatted(latency.notation(), DurationNotation.print(latency.mean())));
        }
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--time is " + time + "; give a time such as 30s, at most 1h");
        }
        double kept = callersPerSecond * seconds(latency.mean());
        int own = inFlight * PRIORITY / 100;
        if (callersPerSecond < 1 || kept > own) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--rate is %,d, which keeps %.1f calls in flight, and %d permits are priority's own; give at least 1 and"
                            + " at most %d, or raise --in-flight",
                    callersPerSecond,
                    kept,
                    own,
                    (int) (own / seconds(latency.mean()))));
        }
    }

    /** Everything but the worker, which has settings of its own. */
    public Layout layout() {
        double callsPerSecond = callersPerSecond + inFlight / seconds(latency.mean());
        long journal = 1_000L + inFlight + (long) (2 * callsPerSecond * (time.toSeconds() + 60));
        return Layout.simulated(1, PARTITIONS, 1, 0, 1, List.of("--journal", Long.toString(journal)));
    }

    Map<String, String> workerSettings() {
        return Map.of(
                "genapi.worker.max-in-flight", Integer.toString(inFlight),
                "genapi.worker.shares.priority", Integer.toString(PRIORITY),
                "genapi.worker.shares.default", Integer.toString(DEFAULT),
                "genapi.worker.shares.flex", Integer.toString(FLEX));
    }

    /** Permits that no flood gets. */
    int priorityPermits() {
        return inFlight * PRIORITY / 100;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
