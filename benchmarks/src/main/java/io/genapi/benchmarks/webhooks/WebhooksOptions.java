package io.genapi.benchmarks.webhooks;

import io.genapi.chaos.cluster.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param events in all, of each run
 * @param endpoints that share them evenly
 * @param hanging of them never answer
 * @param failing of them answer 500
 * @param perSecond events that happen
 */
public record WebhooksOptions(int events, int endpoints, int hanging, int failing, int perSecond) {

    private static final int PARTITIONS = 12;

    public WebhooksOptions {
        if (endpoints < 1 || events < endpoints) {
            throw new IllegalArgumentException(
                    "--events is %d and --endpoints %d; give at least one endpoint, and an event for each"
                            .formatted(events, endpoints));
        }
        if (hanging < 0 || failing < 0 || hanging + failing >= endpoints) {
            throw new IllegalArgumentException(
                    "--hanging is %d and --failing %d of %d endpoints; at least one must be well"
                            .formatted(hanging, failing, endpoints));
        }
        if (perSecond < 1) {
            throw new IllegalArgumentException("--per-second is " + perSecond + "; give at least 1");
        }
    }

    public Layout layout() {
        return new Layout(
                1,
                PARTITIONS,
                0,
                0,
                1,
                Map.of("simulator", List.of()),
                Optional.empty(),
                Map.of("GENAPI_WEBHOOK_ALLOWLOOPBACK", "true"));
    }

    int partitions() {
        return PARTITIONS;
    }
}
