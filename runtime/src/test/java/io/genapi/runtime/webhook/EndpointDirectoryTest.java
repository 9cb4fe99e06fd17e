package io.genapi.runtime.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EndpointDirectoryTest {

    private static final String TOPIC = "genapi.webhook-endpoints";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final EndpointId FIRST = EndpointId.mint(new Random(1));
    private static final EndpointId SECOND = EndpointId.mint(new Random(2));

    private final EndpointDirectory directory = new EndpointDirectory(SecretSeal.NONE);

    @Test
    void keepsTenantsApart() {
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));

        assertTrue(directory.find(ACME, FIRST).isPresent());
        assertTrue(directory.find(GLOBEX, FIRST).isEmpty());
        assertEquals(List.of(), directory.of(GLOBEX));
        assertEquals(List.of(), directory.defaults(GLOBEX, EventType.JOB_FAILED));
    }

    @Test
    void listsTheOldestFirst() {
        take(endpoint(ACME, FIRST, NOW.plusSeconds(1), true, Optional.of(NOW)));
        take(endpoint(ACME, SECOND, NOW, true, Optional.of(NOW)));

        assertEquals(
                List.of(SECOND, FIRST),
                directory.of(ACME).stream().map(known -> known.endpoint().id()).toList());
    }

    @Test
    void tellsDefaultsThatAreEnabledAndWantTheEvent() {
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));
        take(endpoint(ACME, SECOND, NOW, false, Optional.of(NOW)));
        take(endpoint(ACME, EndpointId.mint(new Random(3)), NOW, true, Optional.empty()));

        assertEquals(1, directory.defaults(ACME, EventType.JOB_FAILED).size());
        assertEquals(List.of(), directory.defaults(ACME, EventType.JOB_SUCCEEDED));
    }

    @Test
    void knowsHowAnEndpointDoesWhicheverRecordComesFirst() {
        take(disabled(NOW));
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));

        KnownEndpoint known = directory.find(ACME, FIRST).orElseThrow();
        assertFalse(known.isEnabled());
        assertEquals("answered 410 Gone", known.disabled().orElseThrow().reason());
        assertEquals(List.of(), directory.defaults(ACME, EventType.JOB_FAILED));
    }

    @Test
    void forgetsHowAnEndpointDidWhenItIsEnabledAnew() {
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));
        take(disabled(NOW));
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW.plusSeconds(1))));

        assertTrue(directory.find(ACME, FIRST).orElseThrow().isEnabled());
    }

    @Test
    void forgetsWhatIsGone() {
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));
        take(WebhookEndpointRecords.remove(ACME, FIRST, TOPIC));

        assertTrue(directory.find(ACME, FIRST).isEmpty());
        assertEquals(List.of(), directory.of(ACME));
    }

    @Test
    void tellsItsListenersOfChangesAfterThem() {
        List<String> heard = new ArrayList<>();
        directory.listen((tenant, id) ->
                heard.add(tenant + " " + id + " " + directory.find(tenant, id).isPresent()));
        take(endpoint(ACME, FIRST, NOW, true, Optional.of(NOW)));
        take(disabled(NOW));
        take(WebhookEndpointRecords.remove(ACME, FIRST, TOPIC));
        directory.take(new ConsumerRecord<>(TOPIC, 0, 0, new byte[] {1}, new byte[] {2}));

        assertEquals(List.of("acme " + FIRST + " true", "acme " + FIRST + " true", "acme " + FIRST + " false"), heard);
    }

    private static ProducerRecord<byte[], byte[]> endpoint(
            TenantId tenant, EndpointId id, Instant createdAt, boolean isDefault, Optional<Instant> enabledAt) {
        WebhookEndpoint endpoint = new WebhookEndpoint(
                id,
                tenant,
                "Orders",
                URI.create("https://example.com/"),
                Set.of(EventType.JOB_FAILED),
                isDefault,
                false,
                KeptSecret.of(SigningSecret.mint(new Random(4))),
                Optional.empty(),
                enabledAt,
                createdAt,
                createdAt);
        return WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, TOPIC, "/test");
    }

    private static ProducerRecord<byte[], byte[]> disabled(Instant enabledAt) {
        EndpointStanding standing = new EndpointStanding(
                FIRST,
                ACME,
                enabledAt,
                Optional.of(NOW),
                Optional.of(new EndpointStanding.Disabled("answered 410 Gone", NOW)));
        return WebhookEndpointRecords.write(standing, TOPIC, "/test", NOW);
    }

    private void take(ProducerRecord<byte[], byte[]> record) {
        directory.take(new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty()));
    }
}
