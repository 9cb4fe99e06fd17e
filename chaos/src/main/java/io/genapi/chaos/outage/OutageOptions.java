package io.genapi.chaos.outage;

import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
public record OutageOptions(int jobs, Duration outage, OutageKind kind, String latency) {

    /** The vendor that is away. */
    static final String AWAY = "vendor-x";
    /** The vendor that is there. */
    static final String THERE = "vendor-y";

    private static final int PARTITIONS = 12;
    private static final String KEY = "CHAOS_API_KEY";

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
        List<String> simulator = List.of("--latency", latency, "--journal", Integer.toString(4 * jobs + 10_000));
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
                Map.of(KEY, "sk-not-needed-here"));
    }

    static String modelOf(String vendor) {
        return Api.MODEL + "-" + vendor;
    }

    private static Path writeCatalog(Path directory, Map<String, String> urls) {
        StringBuilder yaml = new StringBuilder("vendors:\n");
        urls.forEach((vendor, url) -> yaml.append(
                "  %s: { base-url: \"%s\", api-key: \"env:%s\", timeout: 10s }%n".formatted(vendor, url, KEY)));
        yaml.append("models:\n");
        urls.keySet().forEach(vendor -> yaml.append("  %s: [{ vendor: %s }]%n".formatted(modelOf(vendor), vendor)));
        try {
            return Files.writeString(directory.resolve("genapi.yaml"), yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
