package io.genapi.runtime.heartbeat;

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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who lives, as {@code genapi.control} tells it. Thread-safe; reads in a thread of its own between start and close. */
public final class PeerDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerDirectory.class);
    private static final Duration LOOK_BACK = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition control;
    private final InstantSource clock;
    private final Map<String, Heartbeat> latest = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile boolean closed;

    /** @param consumer without a group; the directory's own from here on */
    public PeerDirectory(Consumer<byte[], byte[]> consumer, String controlTopic, InstantSource clock) {
        this.consumer = consumer;
        this.control = new TopicPartition(controlTopic, 0);
        this.clock = clock;
        this.reader = Thread.ofPlatform().name("peer-directory").daemon().unstarted(this::read);
    }

    public void start() {
        reader.start();
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

    private void read() {
        try (consumer) {
            consumer.assign(List.of(control));
            boolean positioned = false;
            while (!closed) {
                try {
                    if (!positioned) {
                        seekToRecent();
                        positioned = true;
                    }
                    consumer.poll(POLL)
                            .forEach(record -> HeartbeatRecords.read(record).ifPresent(this::remember));
                } catch (WakeupException | InterruptException woken) {
                    LOG.debug("The peer directory was woken up");
                } catch (KafkaException failure) {
                    LOG.warn("Heartbeats could not be read; trying again: {}", failure.toString());
                }
            }
        }
    }

    private void seekToRecent() {
        long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
        OffsetAndTimestamp recent =
                consumer.offsetsForTimes(Map.of(control, since)).get(control);
        if (recent == null) {
            consumer.seekToEnd(List.of(control));
        } else {
            consumer.seek(control, recent.offset());
        }
    }

    private void remember(Heartbeat heartbeat) {
        Instant now = clock.instant();
        latest.values().removeIf(peer -> peer.validUntil().plus(LOOK_BACK).isBefore(now));
        latest.put(heartbeat.service() + "/" + heartbeat.instance(), heartbeat);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
