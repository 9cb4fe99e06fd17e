package io.genapi.chaos.workers;

import io.genapi.chaos.cluster.Layout;
import java.time.Duration;
import java.util.List;

/**
 * What to run.
 *
 * @param brokers 1 to 3; a broker can die only among 3
 * @param latency of the vendor, in the simulator's notation
 * @param warmUp how long jobs come in before the first episode, uncounted: processes that have just been started are slow
 * @param settled how long jobs come in before and after what happens in an episode
 */
public record WorkersOptions(
        int brokers, int jobsPerSecond, String latency, Duration warmUp, Duration settled, List<Episode> episodes) {

    private static final int PARTITIONS = 12;

    public WorkersOptions {
        if (brokers < 1 || brokers > 3) {
            throw new IllegalArgumentException("--brokers is " + brokers + "; name 1 to 3");
        }
        if (jobsPerSecond < 1 || jobsPerSecond > 1_000) {
            throw new IllegalArgumentException("--jobs-per-second is " + jobsPerSecond + "; name 1 to 1000");
        }
        if (warmUp.isNegative()) {
            throw new IllegalArgumentException("--warm-up is " + warmUp.toSeconds() + "; name 0 or more seconds");
        }
        if (brokers < 3 && episodes.contains(Episode.BROKER_CRASH)) {
            throw new IllegalArgumentException("--episodes has '%s', and --brokers is %d; name 3 brokers"
                    .formatted(Episode.BROKER_CRASH.option(), brokers));
        }
        episodes = List.copyOf(episodes);
    }

    /** What the episodes run on. */
    public Layout layout() {
        return Layout.simulated(brokers, PARTITIONS, 1, 1, 1, List.of("--journal", "50000"));
    }
}
