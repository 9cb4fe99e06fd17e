package io.genapi.runtime.heartbeat;

import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.kafka.HeartbeatRecords;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Says on {@code genapi.control} that this process lives, and at the end that it stops. Thread-safe. */
public final class HeartbeatSender implements AutoCloseable {

    /** How often a process says that it lives. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatSender.class);

    /** A process that stops while Kafka is away has nobody to tell. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final Heartbeat.Service service;
    private final String instance;
    private final Supplier<URI> address;
    private final Supplier<List<VendorHealth>> vendors;
    private final Supplier<Optional<String>> catalogProblem;
    private final Supplier<Set<String>> places;
    private final KafkaTemplate<byte[], byte[]> producer;
    private final String topic;
    private final InstantSource clock;
    private final Instant startedAt;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory());

    /** @param address asked at each beat, because a port may be known only after the start */
    public HeartbeatSender(
            Heartbeat.Service service,
            String instance,
            Supplier<URI> address,
            Supplier<List<VendorHealth>> vendors,
            Supplier<Optional<String>> catalogProblem,
            Supplier<Set<String>> places,
            KafkaTemplate<byte[], byte[]> producer,
            String topic,
            InstantSource clock) {
        this.service = service;
        this.instance = instance;
        this.address = address;
        this.vendors = vendors;
        this.catalogProblem = catalogProblem;
        this.places = places;
        this.producer = producer;
        this.topic = topic;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public void start() {
        var _ = schedule.scheduleWithFixedDelay(() -> beat(false), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Beats at once, because there is something to say; between start and close. */
    public void soon() {
        try {
            schedule.execute(() -> beat(false));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The last heartbeat was sent already", closed);
        }
    }

    private void beat(boolean stopping) {
        try {
            Heartbeat heartbeat = new Heartbeat(
                    service,
                    instance,
                    address.get(),
                    startedAt,
                    clock.instant(),
                    INTERVAL,
                    stopping,
                    vendors.get(),
                    catalogProblem.get(),
                    places.get());
            var _ = producer.send(HeartbeatRecords.write(heartbeat, topic));
        } catch (RuntimeException failure) {
            LOG.warn("A heartbeat was not sent; the next one will be tried: {}", failure.toString());
        }
    }

    /** Says that this process stops, if Kafka takes that in time; others notice without a word, only later. Once is enough. */
    @Override
    public void close() {
        if (schedule.isShutdown()) {
            return;
        }
        schedule.execute(() -> {
            beat(true);
            producer.flush();
        });
        schedule.shutdown();
        try {
            if (!schedule.awaitTermination(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
                schedule.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            schedule.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
