package io.genapi.gateway.claim;

import io.genapi.schemas.control.Heartbeat;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What workers say of themselves. */
final class WorkerBeats {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private WorkerBeats() {}

    static Heartbeat reading(String... places) {
        return new Heartbeat(
                Heartbeat.Service.WORKER,
                "worker-of-" + places.length,
                URI.create("http://127.0.0.1:1"),
                NOW,
                NOW,
                Duration.ofSeconds(2),
                false,
                List.of(),
                Optional.empty(),
                Set.of(places));
    }
}
