package io.genapi.store.kafka;

import io.genapi.inflight.InflightConsumer;
import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The consumer of deliveries, which begins when all endpoints are known. A store that sends nothing still tells of jobs, so
 * nobody waits for it. Thread-safe.
 */
public final class WebhookSending implements AutoCloseable {

    private final InflightConsumer<byte[], byte[]> deliveries;
    private final StartAfterEndpoints starting;
    private volatile boolean started;

    /** @param endpoints returns when all endpoints are known, or throws a {@link StartException} after so long */
    public WebhookSending(InflightConsumer<byte[], byte[]> deliveries, Consumer<Duration> endpoints) {
        this.deliveries = deliveries;
        this.starting = new StartAfterEndpoints(
                "genapi-webhook-sender-start",
                "Webhooks are not sent yet",
                endpoints,
                this::send,
                StartAfterEndpoints.PAUSE);
    }

    /** Returns at once. */
    public void start() {
        starting.begin();
    }

    private void send() {
        deliveries.start();
        started = true;
    }

    /** What keeps deliveries from being sent; empty when nothing does. */
    public Optional<String> problem() {
        return started
                ? deliveries.failure().map(failure -> "the sender of webhooks has stopped: " + failure)
                : Optional.of("it is not known yet which endpoints there are, or this store is not to send");
    }

    @Override
    public void close() {
        starting.cancel();
        deliveries.close();
    }
}
