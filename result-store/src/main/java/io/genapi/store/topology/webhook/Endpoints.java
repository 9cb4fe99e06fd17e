package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.EndpointLimits;
import io.genapi.store.webhook.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tenants of a task want their endpoints to be told, and how these do. Used by the thread of its task. */
final class Endpoints {
    /** Why an event has failed whose endpoint is told nothing; it can be asked for again. */
    static final String DISABLED = "endpoint_disabled";

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    /** Its tenant may enable or remove an endpoint that has no room. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final EndpointDirectory directory;
    private final EndpointLimits limits;
    private final Tellings tellings;
    private final Ledger ledger;
    private final Outgoing outgoing;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;

    Endpoints(
            EndpointDirectory directory,
            EndpointLimits limits,
            Tellings tellings,
            Ledger ledger,
            Outgoing outgoing,
            WebhookMetrics metrics,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.directory = directory;
        this.limits = limits;
        this.tellings = tellings;
        this.ledger = ledger;
        this.outgoing = outgoing;
        this.metrics = metrics;
        this.context = context;
    }

    /** The one that is to be told; empty where its tenant has none such. */
    Optional<KnownEndpoint> receiver(Telling telling) {
        return directory.find(telling.event().tenant(), telling.endpoint());
    }

    /** As it counts since its tenant has enabled it last. */
    EndpointHealth health(KnownEndpoint receiver) {
        EndpointId id = receiver.endpoint().id();
        Optional<EndpointHealth> stored = tellings.health(id);
        Instant enabledAt = receiver.endpoint()
                .enabledAt()
                .or(() -> stored.map(EndpointHealth::enabledAt))
                .orElse(Instant.EPOCH);
        return stored.map(health -> health.enabled(enabledAt, limits))
                .orElseGet(() -> EndpointHealth.fresh(id, receiver.endpoint().tenant(), enabledAt, limits));
    }

    static boolean isTold(KnownEndpoint receiver, EndpointHealth health) {
        return receiver.isEnabled() && health.disabled().isEmpty();
    }

    /** How many deliveries may be begun now, at most; of one that is told nothing, or is none, any number comes to its end. */
    int room(EndpointId endpoint, Instant now) {
        Optional<EndpointHealth> stored = tellings.health(endpoint);
        if (stored.isEmpty()) {
            return limits.firstWindow();
        }
        return directory
                .find(stored.get().tenant(), endpoint)
                .filter(receiver -> isTold(receiver, health(receiver)))
                .map(receiver -> health(receiver).room(now, limits))
                .orElse(Integer.MAX_VALUE);
    }

    /** When to look again for room, where there is none. What is under way calls when it returns. */
    Instant roomAt(EndpointId endpoint, Instant now) {
        Instant latest = now.plus(LOOK_AGAIN);
        return tellings.health(endpoint)
                .flatMap(health -> health.roomAt(now, limits))
                .filter(latest::isAfter)
                .orElse(latest);
    }

    /** Others are to know when an endpoint begins to fail, works again, or is given up, and not of each attempt. */
    void put(EndpointHealth before, EndpointHealth after, KnownEndpoint receiver, Instant now) {
        ledger.put(after);
        if (!after.standing().equals(before.standing())
                && receiver.endpoint().enabledAt().isPresent()) {
            context.forward(outgoing.standing(after.standing(), now));
        }
    }

    EndpointHealth disabled(EndpointHealth health, String reason, Instant now) {
        if (health.disabled().isPresent()) {
            return health;
        }
        metrics.disabled(reason.startsWith("answered") ? "gone" : "only_fails");
        LOG.atWarn()
                .addKeyValue("tenant", health.tenant())
                .addKeyValue("endpoint", health.id())
                .addKeyValue("reason", reason)
                .log("A webhook endpoint is told nothing any more");
        return health.disabled(reason, now);
    }

    /** Drops what is for an endpoint that is none. */
    void forgetGone(Telling telling, Instant now) {
        metrics.ended("endpoint_unknown");
        LOG.atWarn()
                .addKeyValue("tenant", telling.event().tenant())
                .addKeyValue("endpoint", telling.endpoint())
                .addKeyValue("event", telling.event().id())
                .addKeyValue("subject", telling.event().subject())
                .log("An event is for a webhook endpoint that its tenant does not have; it is dropped");
        ledger.forget(telling);
        tellings.health(telling.endpoint())
                .filter(health -> health.tenant().equals(telling.event().tenant()))
                .ifPresent(health -> forget(health, now));
    }

    /** Forgets how those have done that are none any more, of the next ones after one; tells the last that it has seen to. */
    Optional<EndpointId> forgetGone(Optional<EndpointId> after, int most, Instant now) {
        List<EndpointHealth> next = tellings.healthAfter(after, most);
        next.stream()
                .filter(health -> directory.find(health.tenant(), health.id()).isEmpty())
                .forEach(health -> forget(health, now));
        return next.size() < most
                ? Optional.empty()
                : Optional.of(next.getLast().id());
    }

    /** Its standing may have been written after whoever removed the endpoint had removed it. */
    private void forget(EndpointHealth health, Instant now) {
        ledger.forget(health);
        context.forward(outgoing.noStanding(health.tenant(), health.id(), now));
    }
}
