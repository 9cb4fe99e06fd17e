package io.genapi.benchmarks.webhooks;

import io.genapi.chaos.patience.GivenUpException;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Endpoints of several tenants, and events that are to be told to one of them each: put into Kafka as if the broker had noticed
 * them, so that what happens from there on is seen alone.
 */
public final class WebhookFlood implements AutoCloseable {

    private static final TopicNames TOPICS = TopicNames.STANDARD;
    private static final String SOURCE = "/webhook-flood";
    private static final int TENANTS = 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final int partitions;
    private final WebhookReceiver receiver;
    private final String name;
    private final SecureRandom random = new SecureRandom();
    private final List<WebhookEndpoint> endpoints = new ArrayList<>();
    private final Map<EventId, Instant> written = new ConcurrentHashMap<>();
    private final Map<EndpointId, Set<String>> told = new ConcurrentHashMap<>();

    /**
     * @param partitions of the topic of events
     * @param receiver at which each endpoint has a path
     * @param name that nobody else's events and paths have
     */
    public WebhookFlood(String bootstrapServers, int partitions, WebhookReceiver receiver, String name) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.partitions = partitions;
        this.receiver = receiver;
        this.name = name;
    }

    /** Registers endpoints; returns when Kafka has them. */
    public List<WebhookEndpoint> register(int count) {
        for (int number = 0; number < count; number++) {
            endpoints.add(register(
                    new TenantId("%s-%d".formatted(name, number % TENANTS)),
                    receiver.url("/%s/%d".formatted(name, number))));
        }
        flush();
        return List.copyOf(endpoints);
    }

    /**
     * Registers an endpoint anywhere.
     *
     * @param url what is sent there may come to the receiver, with its path
     */
    public WebhookEndpoint register(TenantId tenant, URI url) {
        Instant now = Instant.now();
        WebhookEndpoint endpoint = new WebhookEndpoint(
                EndpointId.mint(random),
                tenant,
                "endpoint of " + name,
                url,
                EnumSet.allOf(EventType.class),
                false,
                false,
                KeptSecret.of(SigningSecret.mint(random)),
                Optional.empty(),
                Optional.of(now),
                now,
                now);
        send(WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, TOPICS.webhookEndpoints(), SOURCE));
        return endpoint;
    }

    /** Something happens that one endpoint is told of. */
    public void tell(WebhookEndpoint endpoint) {
        String subject = "job_%s%d".formatted(name, written.size());
        Instant now = Instant.now();
        WebhookEvent event = new WebhookEvent(
                EventId.ofEnd(subject),
                endpoint.tenant(),
                EventType.JOB_SUCCEEDED,
                now,
                subject,
                Optional.of(endpoint.id()),
                Optional.empty());
        written.put(event.id(), now);
        told.computeIfAbsent(endpoint.id(), _ -> ConcurrentHashMap.newKeySet())
                .add(event.id().value());
        send(WebhookEventRecords.write(event, TOPICS.webhookEvents(), SOURCE, partitions));
    }

    /** Returns when Kafka has all that was written. */
    public void flush() {
        producer.flush();
    }

    /** When an event was written. */
    public Instant writtenAt(EventId event) {
        return Optional.ofNullable(written.get(event))
                .orElseThrow(() -> new IllegalArgumentException("nobody has written " + event));
    }

    /** The path of an endpoint at its receiver. */
    public static String path(WebhookEndpoint endpoint) {
        return endpoint.url().getPath();
    }

    /** How many events of these endpoints their receiver has not seen yet. */
    public int missing(Collection<WebhookEndpoint> some) {
        return missingSince(Instant.MIN, some);
    }

    /** The same of what came since then, as if nothing had come before. */
    public int missingSince(Instant begin, Collection<WebhookEndpoint> some) {
        Map<String, Set<String>> seen = new HashMap<>();
        for (ReceivedWebhook webhook : receiver.received()) {
            if (!webhook.at().isBefore(begin)) {
                seen.computeIfAbsent(webhook.path(), _ -> new HashSet<>()).add(webhook.id());
            }
        }
        return some.stream()
                .mapToInt(endpoint -> {
                    Set<String> left = new HashSet<>(told.getOrDefault(endpoint.id(), Set.of()));
                    left.removeAll(seen.getOrDefault(path(endpoint), Set.of()));
                    return left.size();
                })
                .sum();
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            var _ = producer.send(record, (_, failure) -> {
                if (failure != null) {
                    throw new GivenUpException("Kafka did not take a record: " + failure);
                }
            });
        } catch (RuntimeException failure) {
            throw new GivenUpException("Kafka did not take a record: " + failure, failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
