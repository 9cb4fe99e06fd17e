package io.genapi.benchmarks.waiting;

import io.genapi.chaos.cluster.Layout;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured.
 *
 * @param calls that wait at once, each on a connection of its own: files that this process and the gateway may open must
 *     be some hundred more
 */
public record WaitingOptions(int calls) {

    private static final int MOST_CALLS = 100_000;
    private static final int PARTITIONS = 24;

    public WaitingOptions {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "--calls is %,d; give at least 1 and at most %,d", calls, MOST_CALLS));
        }
    }

    /** Nobody works on the jobs, so that all callers wait. */
    public Layout layout() {
        return Layout.simulated(1, PARTITIONS, 0, 0, 1, List.of());
    }

    Map<String, String> gatewaySettings() {
        return Map.of("genapi.gateway.max-waiting-calls", Integer.toString(calls));
    }
}
