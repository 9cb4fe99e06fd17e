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

    /**
     * @param at by the clock here: that of who sent it may be another, except of what lay there before the start, of which
     *     nobody knows better than its sender
     */
    private record Heard(Heartbeat beat, Instant at) {

        Instant validUntil() {
            return at.plus(Duration.between(beat.at(), beat.validUntil()));
        }
    }

    private final InstantSource clock;
    private final Map<String, Heard> latest = new ConcurrentHashMap<>();
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
                .filter(peer -> peer.beat().service() == service
                        && !peer.beat().stopping()
                        && peer.validUntil().isAfter(now))
                .map(Heard::beat)
                .sorted(Comparator.comparing(Heartbeat::startedAt).thenComparing(Heartbeat::instance))
                .toList();
    }

    /** The processes of a service that were heard of within the last minute or so, be they dead or stopping by now. */
    public List<Heartbeat> heardOf(Heartbeat.Service service) {
        return latest.values().stream()
                .map(Heard::beat)
                .filter(peer -> peer.service() == service)
                .toList();
    }

    private void remember(Heartbeat heartbeat) {
        Instant now = clock.instant();
        latest.values().removeIf(peer -> peer.validUntil().plus(LOOK_BACK).isBefore(now));
        Instant at = control.isCaughtUp() || heartbeat.at().isAfter(now) ? now : heartbeat.at();
        latest.put(heartbeat.service() + "/" + heartbeat.instance(), new Heard(heartbeat, at));
    }

    @Override
    public void close() {
        control.close();
    }
}
