package io.genapi.chaos.outage;

import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.cluster.SimulatedCatalog;
import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.http.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param jobs in the queue, half of them for each vendor
 * @param outage how long the one vendor is away at least; it stays away until the other one's jobs are done
 * @param latency of both vendors, in the simulator's notation
 */
public record OutageOptions(int jobs, Duration outage, VendorFault kind, String latency) {

    /** The vendor that is away. */
    static final String AWAY = "vendor-x";
    /** The vendor that is there. */
    static final String THERE = "vendor-y";

    private static final int PARTITIONS = 12;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    public OutageOptions {
        if (jobs < 2 || jobs > 200_000) {
            throw new IllegalArgumentException("--jobs is " + jobs + "; name 2 to 200000");
        }
        if (!outage.isPositive()) {
            throw new IllegalArgumentException("--outage is " + outage + "; name a time such as 30s or 10m");
        }
    }

    /** What the outage happens to: each vendor alone serves a model. */
    public Layout layout() {
        List<String> simulator = List.of("--journal", Integer.toString(4 * jobs + 10_000));
        Map<String, List<String>> vendors = new LinkedHashMap<>();
        vendors.put(AWAY, simulator);
        vendors.put(THERE, simulator);
        return new Layout(
                1,
                PARTITIONS,
                1,
                1,
                1,
                vendors,
                Optional.of(OutageOptions::writeCatalog),
                SimulatedCatalog.ENVIRONMENT);
    }

    static String modelOf(String vendor) {
        return Api.MODEL + "-" + vendor;
    }

    private static Path writeCatalog(Path directory, Map<String, String> urls) {
        Map<String, List<String>> models = new LinkedHashMap<>();
        urls.keySet().forEach(vendor -> models.put(modelOf(vendor), List.of(vendor)));
        return SimulatedCatalog.write(directory, urls, CALL_TIMEOUT, models);
    }
}
