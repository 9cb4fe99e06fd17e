package io.genapi.store.topology.webhook;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.RedeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.DeliveryAnswer;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.Telling;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in simulated time, with the directory of endpoints as it is, and senders that the test plays. */
final class SimulatedWebhooks implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final TenantId TENANT = new TenantId("acme");
    static final Duration RESEND_AFTER = Duration.ofDays(3);
    static final Duration RETENTION = Duration.ofDays(7);
    private static final TopicNames NAMES = TopicNames.STANDARD;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EndpointDirectory directory = new EndpointDirectory(SecretSeal.NONE);

    /** Whether the directory is to be believed where it has none. */
    boolean isCurrent = true;

    private final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> deliveries;
    private final TestOutputTopic<byte[], byte[]> standings;
    private Instant now = START;
    private int minted;

    SimulatedWebhooks(AttemptPolicy policy, Path directory) {
        this(policy, 1_000_000, directory);
    }

    SimulatedWebhooks(AttemptPolicy policy, int mostPending, Path directory) {
        Properties properties = new Properties();
        properties.put("application.id", "genapi-webhooks");
        properties.put("bootstrap.servers", "unused:9092");
        properties.put("state.dir", directory.toString());
        WebhookTopology topology = new WebhookTopology(
                NAMES, "genapi-webhooks", 1, policy, mostPending, RESEND_AFTER, RETENTION, "/genapi/store/test");
        driver = new TopologyTestDriver(
                topology.build(
                        this.directory, () -> isCurrent, () -> new Random(1), new WebhookMetrics(meters), properties),
                properties,
                START);
        deliveries =
                driver.createOutputTopic(NAMES.webhooks(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        standings = driver.createOutputTopic(
                NAMES.webhookStandings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Instant now() {
        return now;
    }

    /** An endpoint that is enabled now and wants all events. */
    EndpointId endpoint(boolean isDefault) {
        EndpointId id = EndpointId.mint(new Random(++minted));
        register(id, Set.of(EventType.values()), isDefault, Optional.of(now));
        return id;
    }

    void register(EndpointId id, Set<EventType> types, boolean isDefault, Optional<Instant> enabledAt) {
        WebhookEndpoint endpoint = new WebhookEndpoint(
                id,
                TENANT,
                "Orders",
                URI.create("https://example.com/"),
                types,
                isDefault,
                false,
                KeptSecret.of(SigningSecret.mint(new Random(4))),
                Optional.empty(),
                enabledAt,
                START,
                now);
        takeIntoDirectory(WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, NAMES.webhookEndpoints(), "/test"));
    }

    void remove(EndpointId id) {
        takeIntoDirectory(WebhookEndpointRecords.remove(TENANT, id, NAMES.webhookEndpoints()));
    }

    private void takeIntoDirectory(ProducerRecord<byte[], byte[]> record) {
        directory.take(consumed(NAMES.webhookEndpoints(), record.key(), record.value(), record.headers()));
    }

    WebhookEvent event(Optional<EndpointId> endpoint) {
        String subject = "job_" + ++minted;
        return new WebhookEvent(
                EventId.ofEnd(subject), TENANT, EventType.JOB_SUCCEEDED, now, subject, endpoint, Optional.empty());
    }

    /** Something happens of which that endpoint alone is told. */
    WebhookEvent happens(EndpointId endpoint) {
        WebhookEvent event = event(Optional.of(endpoint));
        happens(event);
        return event;
    }

    void happens(WebhookEvent event) {
        pipe(WebhookEventRecords.write(event, NAMES.webhookEvents(), "/test", 1));
    }

    void redeliver(EndpointId endpoint, Redelivery.Scope scope) {
        redeliver(endpoint, now, scope);
    }

    /** As a gateway asks whose clock says so. */
    void redeliver(EndpointId endpoint, Instant requestedAt, Redelivery.Scope scope) {
        pipe(RedeliveryRecords.write(
                new Redelivery(endpoint, TENANT, requestedAt, scope), NAMES.webhookEvents(), "/test", 1));
    }

    void pipe(ProducerRecord<byte[], byte[]> record) {
        driver.createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), now));
        hear();
    }

    /** The sender tells what came of a delivery. */
    void returned(Delivery delivery, Outcome outcome) {
        returned(delivery, now, outcome);
    }

    void returned(Delivery delivery, Instant begun, Outcome outcome) {
        returned(delivery, Optional.empty(), begun, outcome);
    }

    /** @param enabledAt of the endpoint that it was sent to, as far as the sender tells */
    void returned(Delivery delivery, Optional<Instant> enabledAt, Instant begun, Outcome outcome) {
        pipe(DeliveryAttemptRecords.write(
                new DeliveryAttempt(delivery, enabledAt, begun, Duration.ofMillis(12), outcome),
                NAMES.webhookAttempts(),
                "/test",
                1));
    }

    static Outcome answer(int status) {
        return new Outcome.Answered(status, Optional.empty(), "an answer");
    }

    /** What was put on the topic of deliveries since the last call. */
    List<Delivery> deliveries() {
        List<Delivery> all = new ArrayList<>();
        deliveries
                .readRecordsToList()
                .forEach(record -> all.add(
                        DeliveryRecords.read(consumed(NAMES.webhooks(), record.key(), record.value(), record.headers()))
                                .orElseThrow()));
        return all;
    }

    /** The only one since the last call. */
    Delivery delivery() {
        List<Delivery> all = deliveries();
        if (all.size() != 1) {
            throw new AssertionError("one delivery is expected at " + now + ", not " + all);
        }
        return all.getFirst();
    }

    /** All standings written so far; the directory knows them. */
    final List<EndpointStanding> told = new ArrayList<>();

    /** Whose standings were taken back. */
    final List<EndpointId> takenBack = new ArrayList<>();

    private void hear() {
        standings.readRecordsToList().forEach(record -> {
            ConsumerRecord<byte[], byte[]> consumed =
                    consumed(NAMES.webhookStandings(), record.key(), record.value(), record.headers());
            if (record.value() == null) {
                WebhookEndpointRecords.standingOf(consumed).ifPresent(owner -> takenBack.add(owner.id()));
            } else {
                WebhookEndpointRecords.readStanding(consumed).ifPresent(told::add);
            }
            directory.take(consumed);
        });
    }

    /** Time passes in ticks. */
    void pass(Duration time) {
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            tick();
        }
    }

    void tick() {
        jump(DeliveryScheduler.TICK);
    }

    /** Time passes at once. */
    void jump(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        hear();
    }

    Telling telling(EndpointId endpoint, WebhookEvent event) {
        return find(endpoint, event).orElseThrow();
    }

    Optional<Telling> find(EndpointId endpoint, WebhookEvent event) {
        return page(endpoint, Optional.empty(), Optional.empty(), 100).tellings().stream()
                .filter(telling -> telling.event().id().equals(event.id()))
                .findFirst();
    }

    DeliveryPage page(EndpointId endpoint, Optional<Telling.Stage> stage, Optional<EventId> after, int limit) {
        return switch (answer(endpoint, stage, after, limit)) {
            case DeliveryAnswer.Found(DeliveryPage page) -> page;
            case DeliveryAnswer.Forgotten forgotten -> throw new AssertionError(forgotten);
        };
    }

    DeliveryAnswer answer(EndpointId endpoint, Optional<Telling.Stage> stage, Optional<EventId> after, int limit) {
        return TellingReader.page(
                driver.getKeyValueStore(WebhookTopology.TELLINGS),
                new DeliveryQuery(TENANT, endpoint, stage, after, limit));
    }

    /** As a newer version may have written it: of a type that is unknown here. Tells how it was. */
    byte[] makeUnreadable(EndpointId endpoint, WebhookEvent event) {
        KeyValueStore<byte[], byte[]> store = driver.getKeyValueStore(WebhookTopology.TELLINGS);
        byte[] key = Keys.telling(endpoint, event.id());
        byte[] before = store.get(key);
        String telling = new String(before, StandardCharsets.UTF_8);
        String newer = telling.replace("\"" + event.type().name() + "\"", "\"JOB_DREAMT_OF\"");
        assertNotEquals(telling, newer);
        store.put(key, newer.getBytes(StandardCharsets.UTF_8));
        return before;
    }

    /** As the newer version finds it. */
    void makeReadable(EndpointId endpoint, WebhookEvent event, byte[] telling) {
        driver.<byte[], byte[]>getKeyValueStore(WebhookTopology.TELLINGS)
                .put(Keys.telling(endpoint, event.id()), telling);
    }

    /** How many things the store holds. */
    long entries() {
        long entries = 0;
        try (var all = driver.<byte[], byte[]>getKeyValueStore(WebhookTopology.TELLINGS)
                .all()) {
            for (; all.hasNext(); entries++) {
                var _ = all.next();
            }
        }
        return entries;
    }

    double counted(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    double shown(String name) {
        return meters.get(name).gauge().value();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(String topic, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic, 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, key, value, headers, Optional.empty());
    }

    @Override
    public void close() {
        driver.close();
    }
}
