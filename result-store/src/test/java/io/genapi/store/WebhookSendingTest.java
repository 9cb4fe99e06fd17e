package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import io.genapi.store.StoreClient.Answer;
import io.genapi.store.sending.Hooks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that finds deliveries on their topic, and a receiver that they are for. */
class WebhookSendingTest {

    private static final TopicNames TOPICS = TopicNames.STANDARD;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static StoreKafka kafka;
    private static RunningStore store;
    private static WebhookReceiver receiver;

    private final Samples samples = new Samples(Instant.now());
    private final SigningSecret secret = Hooks.secret();

    @BeforeAll
    static void start() throws Exception {
        kafka = StoreKafka.start(directory);
        store = kafka.startStore("sender", Map.of("genapi.webhook.allow-loopback", "true"));
        receiver = WebhookReceiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.close();
        store.close();
        kafka.close();
    }

    private WebhookEndpoint registered(String path, boolean includesResult) throws Exception {
        WebhookEndpoint endpoint = Hooks.endpoint(receiver.url(path), secret);
        WebhookEndpoint wanted = includesResult ? Hooks.includingResult(endpoint) : endpoint;
        kafka.send(WebhookEndpointRecords.write(wanted, SecretSeal.NONE, TOPICS.webhookEndpoints(), "test"));
        return wanted;
    }

    private static void deliver(WebhookEvent event, WebhookEndpoint endpoint) throws Exception {
        kafka.send(
                DeliveryRecords.write(new Delivery(event, endpoint.id(), 1, Instant.now()), TOPICS.webhooks(), "test"));
    }

    private void assertSigned(ReceivedWebhook webhook) throws Exception {
        Map<String, List<String>> headers = webhook.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        Webhook theirs = new Webhook(secret.value());
        assertDoesNotThrow(() -> theirs.verify(webhook.text(), headers));
    }

    private static ReceivedWebhook received(String path) {
        await().atMost(SOON).until(() -> !receiver.received(path).isEmpty());
        return receiver.received(path).getFirst();
    }

    @Test
    void sendsADeliverySignedAndWithTheResultThatLiesInKafka() throws Exception {
        WebhookEndpoint endpoint = registered("/with-result", true);
        WebhookEvent event = ended(endpoint, "{\"answer\":42}");
        ReceivedWebhook webhook = received("/with-result");
        assertEquals(event.id().value(), webhook.id());
        assertTrue(webhook.text().contains("\"result\":{\"answer\":42}"), webhook.text());
        assertSigned(webhook);
    }

    @Test
    void saysThatAResultIsTooLarge() throws Exception {
        WebhookEndpoint endpoint = registered("/too-large", true);
        String result = "{\"answer\":\"%s\"}".formatted("x".repeat(300_000));
        WebhookEvent event = ended(endpoint, result);
        ReceivedWebhook webhook = received("/too-large");
        assertEquals(event.id().value(), webhook.id());
        assertTrue(webhook.text().contains("\"code\":\"too_large\""), webhook.text());
        assertTrue(webhook.text().contains("The result has %d bytes".formatted(result.length())), webhook.text());
    }

    /** A job of the default tenant has ended, and its endpoint is told. */
    private WebhookEvent ended(WebhookEndpoint endpoint, String result) throws Exception {
        JobId job = samples.id();
        RecordMetadata place = kafka.send(samples.succeeded(job, result));
        WebhookEvent event = new WebhookEvent(
                EventId.ofEnd(job.value()),
                TenantId.DEFAULT,
                EventType.JOB_SUCCEEDED,
                Hooks.NOW,
                job.value(),
                Optional.of(endpoint.id()),
                Optional.of(new RecordPlace(place.topic(), place.partition(), place.offset())));
        WebhookEndpoint own = ofDefaultTenant(endpoint);
        kafka.send(WebhookEndpointRecords.write(own, SecretSeal.NONE, TOPICS.webhookEndpoints(), "test"));
        deliver(event, own);
        return event;
    }

    private static WebhookEndpoint ofDefaultTenant(WebhookEndpoint endpoint) {
        return new WebhookEndpoint(
                endpoint.id(),
                TenantId.DEFAULT,
                endpoint.name(),
                endpoint.url(),
                endpoint.eventTypes(),
                endpoint.isDefault(),
                endpoint.includesResult(),
                endpoint.secret(),
                endpoint.retiring(),
                endpoint.enabledAt(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }

    @Test
    void rubbishStopsNothing() throws Exception {
        WebhookEndpoint endpoint = registered("/after-rubbish", false);
        for (int partition = 0; partition < RunningStore.PARTITIONS; partition++) {
            kafka.send(new ProducerRecord<>(TOPICS.webhooks(), partition, null, "rubbish".getBytes(UTF_8)));
        }
        WebhookEvent event = Hooks.event(EventType.JOB_FAILED);
        deliver(event, endpoint);
        assertEquals(event.id().value(), received("/after-rubbish").id());
    }

    @Test
    void triesAnEndpointWhenItIsAskedTo() throws Exception {
        WebhookEndpoint endpoint = registered("/tried", false);
        receiver.behave("/tried", Reaction.status(418));
        String path = "/store/webhook-endpoints/" + endpoint.id() + "/test";
        Answer answer = store.client().post(path + "?tenant=acme&type=response.completed", "");
        assertEquals(200, answer.status(), answer::text);
        assertEquals("answered", answer.field("outcome"));
        assertEquals("418", answer.field("status"));
        assertEquals("status 418", answer.field("head"));
        ReceivedWebhook webhook = received("/tried");
        assertEquals(answer.field("event_id"), webhook.id());
        assertTrue(webhook.text().contains("\"type\":\"response.completed\""), webhook.text());
        assertSigned(webhook);
        assertEquals(404, store.client().post(path + "?tenant=other", "").status());
        assertEquals(
                "type",
                store.client().post(path + "?tenant=acme&type=nothing", "").field("error", "param"));
    }
}
