package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** What webhooks' topology counts. Thread-safe. */
public final class WebhookMetrics {
    private final MeterRegistry meters;
    private final Map<Integer, Standing> standings = new ConcurrentHashMap<>();

    /** Of one partition. */
    record Standing(int pending, int underWay, int disabled) {}

    public WebhookMetrics(MeterRegistry meters) {
        this.meters = meters;
        gauge("genapi.webhook.pending", "Deliveries that will be made later", Standing::pending);
        gauge("genapi.webhook.under.way", "Deliveries of which nothing was heard yet", Standing::underWay);
        gauge("genapi.webhook.disabled.endpoints", "Endpoints that were given up", Standing::disabled);
    }

    private void gauge(String name, String description, ToIntFunction<Standing> part) {
        Gauge.builder(
                        name,
                        standings,
                        all -> all.values().stream().mapToInt(part).sum())
                .description(description)
                .register(meters);
    }

    void event(EventType type) {
        count("genapi.webhook.events", "Events that endpoints are told of", "type", type.wireName());
    }

    void attempt(String outcome) {
        count("genapi.webhook.attempts", "Attempts to tell an endpoint of an event", "outcome", outcome);
    }

    /** An event has its end at an endpoint. */
    void ended(String outcome) {
        count("genapi.webhook.deliveries", "Events that an endpoint has, or will not get", "outcome", outcome);
    }

    /** A record that changes nothing, and why. */
    void ignored(String reason) {
        count("genapi.webhook.ignored", "Records of events and attempts that change nothing", "reason", reason);
    }

    void disabled(String reason) {
        count("genapi.webhook.disabled", "Endpoints that are told nothing any more", "reason", reason);
    }

    void resent() {
        Counter.builder("genapi.webhook.resent")
                .description("Deliveries of which nothing was heard for as long as Kafka keeps them")
                .register(meters)
                .increment();
    }

    void standing(int partition, Standing now) {
        standings.put(partition, now);
    }

    void lost(int partition) {
        standings.remove(partition);
    }

    private void count(String name, String description, String tag, String value) {
        Counter.builder(name)
                .description(description)
                .tag(tag, value)
                .register(meters)
                .increment();
    }
}
