package io.genapi.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduling of webhooks by a whole store on a broker; the test is the sender. */
class WebhookStoreTest {
    private static final TopicNames NAMES = TopicNames.STANDARD;
    private static final TenantId TENANT = new TenantId("acme");
    private static final EndpointId ENDPOINT = EndpointId.mint(new Random(1));
    private static final String PATH = "/store/webhook-deliveries?tenant=acme&endpoint=" + ENDPOINT;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StoreKafka kafka;
    private @Nullable KafkaConsumer<byte[], byte[]> sender;
    private final List<Delivery> deliveries = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path directory) {
        kafka = StoreKafka.start(directory);
    }

    @AfterEach
    void stop() {
        if (sender != null) {
            sender.close();
        }
        kafka.close();
    }

    @Test
    void aPendingRetrySurvivesItsStoreWithAndWithoutTheStoresDisk() throws Exception {
        WebhookEvent event = event("job_1");
        try (RunningStore store = scheduler("one")) {
            register();
            kafka.send(WebhookEventRecords.write(event, NAMES.webhookEvents(), "/test", RunningStore.PARTITIONS));
            awaitDeliveries(1);
            kafka.send(attempt(deliveries.getFirst()));
            await().atMost(PATIENCE).until(() -> field(store, "status").equals("pending"));
        }
        // Due after 4 to 6 s, whether anybody is there or not.
        try (RunningStore store = scheduler("one")) {
            awaitDeliveries(2);
            assertEquals(2, deliveries.getLast().attempt());
            await().atMost(PATIENCE).until(() -> field(store, "status").equals("under_way"));
        }
        try (RunningStore store = scheduler("another")) {
            await().atMost(PATIENCE).until(() -> field(store, "status").equals("under_way"));
            kafka.send(DeliveryAttemptRecords.write(
                    new DeliveryAttempt(
                            deliveries.getLast(),
                            Instant.now(),
                            Duration.ofMillis(3),
                            new Outcome.Answered(204, Optional.empty(), "")),
                    NAMES.webhookAttempts(),
                    "/test",
                    RunningStore.PARTITIONS));
            await().atMost(PATIENCE).until(() -> field(store, "status").equals("delivered"));
            assertEquals(event.id().value(), field(store, "event_id"));
            assertEquals("2", field(store, "attempt_count"));
            assertEquals(
                    List.of(1, 2), deliveries.stream().map(Delivery::attempt).toList());
        }
    }

    @Test
    void whoWasRegisteredBeforeAnEventIsToldThoughItsStoreKnowsItLate() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        TenantId tenant = new TenantId("late");
        EndpointId late = EndpointId.mint(new Random(2));
        try (RunningStore store = scheduler("one")) {
            await().atMost(PATIENCE).until(() -> store.webhooks().problem().isEmpty());
            store.endpoints().listen((_, _) -> awaitQuietly(goesOn));
            register();
            register(tenant, late, true);
            WebhookEvent event = event(tenant, "job_1", Optional.empty());
            kafka.send(WebhookEventRecords.write(event, NAMES.webhookEvents(), "/test", RunningStore.PARTITIONS));
            try {
                await().atMost(PATIENCE)
                        .until(() -> store.webhooks()
                                .problem()
                                .filter(problem -> problem.contains("which endpoints there are"))
                                .isPresent());
            } finally {
                goesOn.countDown();
            }
            awaitDeliveries(1);
            assertEquals(late, deliveries.getFirst().endpoint());
            await().atMost(PATIENCE).until(() -> store.webhooks().problem().isEmpty());
        }
    }

    @Test
    void whatIsWrongInAQuestionIsTold() {
        try (RunningStore store = scheduler("one")) {
            assertEquals(400, store.client().get("/store/webhook-deliveries").status());
            assertEquals(400, store.client().get(PATH + "&status=lost").status());
            assertEquals(400, store.client().get(PATH + "&after=evt_1").status());
            assertEquals(400, store.client().get(PATH + "&limit=0").status());
            assertEquals(
                    400,
                    store.client()
                            .get(PATH.replace("deliveries?", "deliveries/evt_1?"))
                            .status());
            await().atMost(PATIENCE).until(() -> store.client().get(PATH).status() == 200);
            assertEquals(
                    410,
                    store.client()
                            .get(PATH + "&after=" + EventId.ofEnd("job_forgotten"))
                            .status());
            assertEquals("false", store.client().get(PATH).field("has_more"));
        }
    }

    /** What is asked for one event. */
    private static String only(EventId event) {
        return PATH.replace("deliveries?", "deliveries/" + event + "?");
    }

    @Test
    void eachStoreAnswersForTheOther() throws Exception {
        try (RunningStore one = scheduler("one");
                RunningStore other = scheduler("other")) {
            RunningStore.awaitShared(one, other);
            register();
            kafka.send(
                    WebhookEventRecords.write(event("job_1"), NAMES.webhookEvents(), "/test", RunningStore.PARTITIONS));
            awaitDeliveries(1);
            await().atMost(PATIENCE)
                    .until(() -> field(one, "status").equals("under_way")
                            && field(other, "status").equals("under_way"));
            for (RunningStore store : List.of(one, other)) {
                String known = only(event("job_1").id());
                assertEquals("job_1", store.client().get(known).field("subject"));
                assertEquals("under_way", store.client().get(known).field("status"));
                assertEquals(404, store.client().get(only(event("job_2").id())).status());
                assertEquals(
                        404,
                        store.client()
                                .get(known.replace("tenant=acme", "tenant=other"))
                                .status());
            }
        }
    }

    /** A store that leaves it to the test to send. */
    private RunningStore scheduler(String name) {
        return kafka.startStore(name, Map.of("genapi.webhook.sender.enabled", "false"));
    }

    private static String field(RunningStore store, String name) {
        return store.client().get(PATH).field("data", 0, name);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitDeliveries(int number) {
        KafkaConsumer<byte[], byte[]> reader = sender == null ? kafka.consumer(NAMES.webhooks()) : sender;
        sender = reader;
        await().atMost(PATIENCE).until(() -> {
            reader.poll(Duration.ofMillis(200))
                    .forEach(record ->
                            deliveries.add(DeliveryRecords.read(record).orElseThrow()));
            return deliveries.size() >= number;
        });
    }

    private static ProducerRecord<byte[], byte[]> attempt(Delivery delivery) {
        return DeliveryAttemptRecords.write(
                new DeliveryAttempt(
                        delivery,
                        Instant.now(),
                        Duration.ofMillis(3),
                        new Outcome.Answered(500, Optional.empty(), "not now")),
                NAMES.webhookAttempts(),
                "/test",
                RunningStore.PARTITIONS);
    }

    private static WebhookEvent event(String subject) {
        return event(TENANT, subject, Optional.of(ENDPOINT));
    }

    private static WebhookEvent event(TenantId tenant, String subject, Optional<EndpointId> endpoint) {
        return new WebhookEvent(
                EventId.ofEnd(subject),
                tenant,
                EventType.JOB_SUCCEEDED,
                Instant.now(),
                subject,
                endpoint,
                Optional.empty());
    }

    private void register() throws Exception {
        register(TENANT, ENDPOINT, false);
    }

    private void register(TenantId tenant, EndpointId id, boolean isDefault) throws Exception {
        Instant now = Instant.now();
        WebhookEndpoint endpoint = new WebhookEndpoint(
                id,
                tenant,
                "Orders",
                URI.create("https://example.com/"),
                Set.of(EventType.values()),
                isDefault,
                false,
                KeptSecret.of(SigningSecret.mint(new Random(4))),
                Optional.empty(),
                Optional.of(now),
                now,
                now);
        kafka.send(WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, NAMES.webhookEndpoints(), "/test"));
    }
}
