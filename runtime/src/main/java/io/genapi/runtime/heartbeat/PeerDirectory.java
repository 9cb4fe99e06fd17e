package io.genapi.runtime.heartbeat;

import io.genapi.runtime.control.ControlReader;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.HeartbeatRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;

/** Who lives, as {@code genapi.control} tells it. Thread-safe; reads between start and close. */
public final class PeerDirectory implements AutoCloseable {

    private static final Duration LOOK_BACK = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Heartbeat> latest = new ConcurrentHashMap<>();
    private final ControlReader control;

    /** @param consumer without a group; the directory's own from here on */
    public PeerDirectory(Consumer<byte[], byte[]> consumer, String controlTopic, InstantSource clock) {
        this.clock = clock;
        this.control = ControlReader.ofRecent(
                "peer-directory",
                consumer,
                controlTopic,
                LOOK_BACK,
                clock,
                record -> HeartbeatRecords.read(record).ifPresent(this::remember));
    }

    public void start() {
        control.start();
    }

    /** The living processes of a service, the longest living first. */
    public List<Heartbeat> alive(Heartbeat.Service service) {
        Instant now = clock.instant();
        return latest.values().stream()
                .filter(peer -> peer.service() == service
                        && !peer.stopping()
                        && peer.validUntil().isAfter(now))
                .sorted(Comparator.comparing(Heartbeat::startedAt).thenComparing(Heartbeat::instance))
                .toList();
    }

    /** The processes of a service that were heard of within the last minute or so, be they dead or stopping by now. */
    public List<Heartbeat> heardOf(Heartbeat.Service service) {
        return latest.values().stream()
                .filter(peer -> peer.service() == service)
                .toList();
    }

    private void remember(Heartbeat heartbeat) {
        Instant now = clock.instant();
        latest.values().removeIf(peer -> peer.validUntil().plus(LOOK_BACK).isBefore(now));
        latest.put(heartbeat.service() + "/" + heartbeat.instance(), heartbeat);
    }

    @Override
    public void close() {
        control.close();
    }
}
