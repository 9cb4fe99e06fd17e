package io.genapi.runtime.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEndpointRecords.Owner;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints that the records say there are, which it is given in the order of their topic. Thread-safe. */
public final class EndpointDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointDirectory.class);

    /** The oldest first; of one moment by their ids, so that a page can go on after any of them. */
    private static final Comparator<KnownEndpoint> BY_AGE = Comparator.comparing(
                    (KnownEndpoint known) -> known.endpoint().createdAt())
            .thenComparing(known -> known.endpoint().id().value());

    /** Hears what has changed, after it has; called by whoever gives the record. */
    @FunctionalInterface
    public interface Listener {
        void changed(TenantId tenant, EndpointId id);
    }

    private final SecretSeal seal;
    private final Map<TenantId, Map<EndpointId, WebhookEndpoint>> endpoints = new ConcurrentHashMap<>();

    /** Also of endpoints that are not known yet: of two kinds of records either may lie before the other. */
    private final Map<Owner, EndpointStanding> standings = new ConcurrentHashMap<>();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** @param seal how the secrets were written */
    public EndpointDirectory(SecretSeal seal) {
        this.seal = seal;
    }

    /** From now on, and not of what it has been given before. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Takes the next record of either topic. */
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<Owner> endpoint = WebhookEndpointRecords.endpointOf(record);
        Optional<Owner> standing = WebhookEndpointRecords.standingOf(record);
        if (record.value() == null) {
            endpoint.ifPresent(this::forget);
            standing.ifPresent(standings::remove);
        } else {
            WebhookEndpointRecords.readEndpoint(record, seal).ifPresent(this::remember);
            WebhookEndpointRecords.readStanding(record)
                    .ifPresent(news -> standings.put(new Owner(news.tenant(), news.id()), news));
        }
        endpoint.or(() -> standing)
                .ifPresent(owner -> listeners.forEach(one -> one.changed(owner.tenant(), owner.id())));
    }

    private void forget(Owner owner) {
        endpoints.computeIfPresent(owner.tenant(), (_, its) -> {
            its.remove(owner.id());
            return its.isEmpty() ? null : its;
        });
    }

    private void remember(WebhookEndpoint endpoint) {
        endpoints.compute(endpoint.tenant(), (_, known) -> {
            Map<EndpointId, WebhookEndpoint> its = known == null ? new ConcurrentHashMap<>() : known;
            its.put(endpoint.id(), endpoint);
            return its;
        });
        endpoint.secretProblem()
                .ifPresent(problem -> LOG.atWarn()
                        .addKeyValue("tenant", endpoint.tenant())
                        .addKeyValue("endpoint", endpoint.id())
                        .log("Nothing can be sent to a webhook endpoint: {}", problem));
    }

    /** A tenant's endpoint; empty where there is none, or it is another tenant's. */
    public Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) {
        return Optional.ofNullable(endpoints.getOrDefault(tenant, Map.of()).get(id))
                .map(this::known);
    }

    /** All of a tenant's, the oldest first. */
    public List<KnownEndpoint> of(TenantId tenant) {
        return endpoints.getOrDefault(tenant, Map.of()).values().stream()
                .map(this::known)
                .sorted(BY_AGE)
                .toList();
    }

    /** The enabled ones of a tenant that are told of such an event when it names no endpoint, the oldest first. */
    public List<KnownEndpoint> defaults(TenantId tenant, EventType type) {
        return of(tenant).stream()
                .filter(KnownEndpoint::isEnabled)
                .filter(known -> known.endpoint().isDefault())
                .filter(known -> known.endpoint().eventTypes().contains(type))
                .toList();
    }

    private KnownEndpoint known(WebhookEndpoint endpoint) {
        EndpointStanding standing = standings.get(new Owner(endpoint.tenant(), endpoint.id()));
        return new KnownEndpoint(endpoint, Optional.ofNullable(standing).filter(found -> found.isAbout(endpoint)));
    }
}
