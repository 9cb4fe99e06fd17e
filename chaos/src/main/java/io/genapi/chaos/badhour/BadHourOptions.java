package io.genapi.chaos.badhour;

import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.cluster.SimulatedCatalog;
import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.http.Api;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param callersPerSecond who ask either vendor
 * @param faultFor how long the one vendor is in trouble, each time
 * @param faults that it has, one after the other
 * @param workers that call them
 * @param latency of both vendors, in the simulator's notation
 */
public record BadHourOptions(
        int callersPerSecond, Duration faultFor, List<VendorFault> faults, int workers, String latency) {

    /** The vendor that has the bad hour. */
    public static final String SICK = "vendor-x";
    /** The vendor that is well. */
    static final String WELL = "vendor-y";

    /** Callers before the trouble, for comparison, and at least so long after it. */
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final int PARTITIONS = 12;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    public BadHourOptions {
        if (callersPerSecond < 1 || callersPerSecond > 1_000) {
            throw new IllegalArgumentException("--rate is " + callersPerSecond + "; name 1 to 1000 callers a second");
        }
        if (faultFor.compareTo(Duration.ofSeconds(1)) < 0 || faultFor.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "--fault-for is " + faultFor + "; name a time such as 10s or 1m, up to 1h");
        }
        if (workers < 1 || workers > 20) {
            throw new IllegalArgumentException("--workers is " + workers + "; name 1 to 20");
        }
        faults = List.copyOf(faults);
    }

    /** What it happens to: both vendors serve one model. */
    public Layout layout() {
        long calls = 3L * callersPerSecond * (faultFor.toSeconds() + 4 * QUIET.toSeconds());
        List<String> simulator = List.of("--journal", Long.toString(10_000 + calls));
        Map<String, List<String>> vendors = new LinkedHashMap<>();
        vendors.put(SICK, simulator);
        vendors.put(WELL, simulator);
        return new Layout(
                1,
                PARTITIONS,
                1,
                workers,
                1,
                vendors,
                Optional.of((directory, urls) ->
                        SimulatedCatalog.write(directory, urls, CALL_TIMEOUT, Map.of(Api.MODEL, List.of(SICK, WELL)))),
                SimulatedCatalog.ENVIRONMENT);
    }
}
