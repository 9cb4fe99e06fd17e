package io.genapi.benchmarks.worker;

import io.genapi.chaos.cluster.Layout;
import io.genapi.simulator.latency.DurationNotation;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What is measured.
 *
 * @param inFlight vendor calls at once, each on a connection of its own: files that worker and simulator may open must
 *     be some hundred more
 * @param latency of the vendor, one second or more on average
 * @param time how long to count at least, once the first calls are over
 */
public record WorkerOptions(int inFlight, Latency latency, Duration time) {

    private static final int MOST_IN_FLIGHT = 100_000;
    private static final int PARTITIONS = 24;

    /**
     * Rounds of the latency before the counting: at first all calls begin at once, in processes that are cold, and where
     * they take equally long they also end at once.
     */
    private static final int WARM_UP_ROUNDS = 3;

    /** Jobs must be there for the warm-up, and for what is in flight when the time is over. */
    private static final int ROUNDS_BESIDE = WARM_UP_ROUNDS + 2;

    public WorkerOptions {
        if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "--in-flight is %,d; give at least 1 and at most %,d", inFlight, MOST_IN_FLIGHT));
        }
        if (latency.mean().toSeconds() < 1) {
            throw new IllegalArgumentException("--latency is %s, %s on average; give at least 1s"
                    .formatted(latency.notation(), DurationNotation.print(latency.mean())));
        }
        if (!time.isPositive()) {
            throw new IllegalArgumentException("--time is " + time + "; give a time such as 60s");
        }
    }

    /** Kafka and the vendor; the worker comes last, when there are jobs for it. */
    public Layout layout() {
        return Layout.simulated(1, PARTITIONS, 0, 0, 0, List.of("--journal", "100"));
    }

    /** Whole rounds of the latency: where all calls take equally long, they end in waves. */
    Duration window() {
        long rounds = Math.ceilDiv(time.toMillis(), latency.mean().toMillis());
        return latency.mean().multipliedBy(rounds);
    }

    /** Calls to be answered before the counting. */
    int warmUp() {
        return Math.multiplyExact(WARM_UP_ROUNDS, inFlight);
    }

    /** So many that none of the permits wants for a job before the window is over. */
    int jobs() {
        long rounds = window().dividedBy(latency.mean()) + ROUNDS_BESIDE;
        return Math.toIntExact(Math.multiplyExact(rounds, inFlight));
    }

    /** Permits by mean latency. */
    double idealPerSecond() {
        return inFlight / (latency.mean().toNanos() / 1e9);
    }
}
