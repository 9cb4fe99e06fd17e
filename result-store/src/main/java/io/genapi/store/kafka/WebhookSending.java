package io.genapi.store.kafka;

import io.genapi.inflight.InflightConsumer;
import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of deliveries, which begins when all endpoints are known. A store that sends nothing still tells of jobs, so
 * nobody waits for it. Thread-safe.
 */
public final class WebhookSending implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSending.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InflightConsumer<byte[], byte[]> deliveries;
    private final Consumer<Duration> endpoints;
    private volatile boolean started;
    private volatile boolean closed;
    private volatile @Nullable Thread starting;

    /** @param endpoints returns when all endpoints are known, or throws a {@link StartException} after so long */
    public WebhookSending(InflightConsumer<byte[], byte[]> deliveries, Consumer<Duration> endpoints) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
    }

    /** Returns at once. */
    public void start() {
        starting = Thread.ofPlatform().name("genapi-webhook-sender-start").start(this::startWhenEndpointsAreKnown);
    }

    private void startWhenEndpointsAreKnown() {
        while (!closed) {
            try {
                endpoints.accept(PATIENCE);
                if (!closed) {
                    deliveries.start();
                    started = true;
                }
                return;
            } catch (StartException notYet) {
                if (!closed) {
                    LOG.warn("Webhooks are not sent yet: {}", notYet.getMessage());
                }
            }
        }
    }

    /** What keeps deliveries from being sent; empty when nothing does. */
    public Optional<String> problem() {
        return started
                ? deliveries.failure().map(failure -> "the sender of webhooks has stopped: " + failure)
                : Optional.of("it is not known yet which endpoints there are, or this store is not to send");
    }

    @Override
    public void close() {
        closed = true;
        Thread starter = starting;
        if (starter != null) {
            starter.interrupt();
            try {
                starter.join(PATIENCE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        deliveries.close();
    }
}
