package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.CreationKey;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookEndpointRecordsTest {

    private static final String TOPIC = "genapi.webhook-endpoints";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final EndpointId ID = EndpointId.mint(new Random(1));
    private static final TenantId ODD = new TenantId("a/b ü");
    private static final KeptSecret SECRET = KeptSecret.of(SigningSecret.mint(new Random(2)));

    static Stream<WebhookEndpoint> endpoints() {
        WebhookEndpoint full = endpoint(
                ODD,
                Set.of(EventType.values()),
                SECRET,
                Optional.of(new WebhookEndpoint.RetiringSecret(
                        KeptSecret.of(SigningSecret.mint(new Random(3))), NOW.plusSeconds(86400))),
                Optional.of(NOW),
                Optional.of(CreationKey.of(ODD, "mine")));
        WebhookEndpoint bare = endpoint(
                TenantId.DEFAULT,
                Set.of(EventType.JOB_FAILED),
                SECRET,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Stream.of(full, bare);
    }

    static Stream<EndpointStanding> standings() {
        return Stream.of(
                new EndpointStanding(ID, ODD, NOW, Optional.empty(), Optional.empty()),
                new EndpointStanding(
                        ID,
                        TenantId.DEFAULT,
                        NOW,
                        Optional.of(NOW),
                        Optional.of(new EndpointStanding.Disabled("answered 410 Gone", NOW))));
    }

    private static WebhookEndpoint endpoint(
            TenantId tenant,
            Set<EventType> types,
            KeptSecret secret,
            Optional<WebhookEndpoint.RetiringSecret> retiring,
            Optional<Instant> enabledAt,
            Optional<CreationKey> key) {
        return new WebhookEndpoint(
                ID,
                tenant,
                "Orders ✓",
                URI.create("https://example.com:8443/hooks?a=b"),
                types,
                true,
                false,
                secret,
                retiring,
                enabledAt,
                NOW,
                NOW,
                key);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void readsTheEndpointsThatItWrites(WebhookEndpoint endpoint) {
        ConsumerRecord<byte[], byte[]> record =
                received(WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, TOPIC, "/test"));

        assertEquals(Optional.of(endpoint), WebhookEndpointRecords.readEndpoint(record, SecretSeal.NONE));
        assertEquals(
                Optional.of(new WebhookEndpointRecords.Owner(endpoint.tenant(), ID)),
                WebhookEndpointRecords.endpointOf(record));
        assertEquals(Optional.empty(), WebhookEndpointRecords.standingOf(record));
        assertEquals(Optional.empty(), WebhookEndpointRecords.readStanding(record));
        assertEquals(List.of(), SchemaCheck.problems(record));
    }

    @ParameterizedTest
    @MethodSource("standings")
    void readsTheStandingsThatItWrites(EndpointStanding standing) {
        ConsumerRecord<byte[], byte[]> record = received(WebhookEndpointRecords.write(standing, TOPIC, "/test", NOW));

        assertEquals(Optional.of(standing), WebhookEndpointRecords.readStanding(record));
        assertEquals(
                Optional.of(new WebhookEndpointRecords.Owner(standing.tenant(), ID)),
                WebhookEndpointRecords.standingOf(record));
        assertEquals(Optional.empty(), WebhookEndpointRecords.readEndpoint(record, SecretSeal.NONE));
        assertEquals(List.of(), SchemaCheck.problems(record));
    }

    @Test
    void removesBothByThemselves() {
        ConsumerRecord<byte[], byte[]> endpoint = received(WebhookEndpointRecords.remove(ODD, ID, TOPIC));
        ConsumerRecord<byte[], byte[]> standing = received(WebhookEndpointRecords.removeStanding(ODD, ID, TOPIC));

        assertEquals(
                Optional.of(new WebhookEndpointRecords.Owner(ODD, ID)), WebhookEndpointRecords.endpointOf(endpoint));
        assertEquals(
                Optional.of(new WebhookEndpointRecords.Owner(ODD, ID)), WebhookEndpointRecords.standingOf(standing));
        assertEquals(Optional.empty(), WebhookEndpointRecords.readEndpoint(endpoint, SecretSeal.NONE));
        assertEquals(Optional.empty(), WebhookEndpointRecords.readStanding(standing));
    }

    @Test
    void writesBackASecretThatItCannotOpenAsItWas() {
        WebhookEndpoint sealed = endpoint(
                TenantId.DEFAULT,
                Set.of(EventType.JOB_FAILED),
                new KeptSecret.Shut("v1:0123456789abcdef:AAAA", "no key"),
                Optional.empty(),
                Optional.of(NOW),
                Optional.empty());
        ConsumerRecord<byte[], byte[]> record =
                received(WebhookEndpointRecords.write(sealed, SecretSeal.NONE, TOPIC, "/test"));

        WebhookEndpoint read =
                WebhookEndpointRecords.readEndpoint(record, SecretSeal.NONE).orElseThrow();
        KeptSecret.Shut shut = assertInstanceOf(KeptSecret.Shut.class, read.secret());
        assertEquals("v1:0123456789abcdef:AAAA", shut.sealed());
        assertEquals(List.of(), read.secrets(NOW));
        assertTrue(read.secretProblem().orElseThrow().contains("key"));
        assertEquals(List.of(), SchemaCheck.problems(record));
    }

    @Test
    void takesNoRecordWhoseKeyNamesAnotherTenantThanItsValue() {
        WebhookEndpoint endpoint = endpoints().findFirst().orElseThrow();
        ProducerRecord<byte[], byte[]> written =
                WebhookEndpointRecords.write(endpoint, SecretSeal.NONE, TOPIC, "/test");
        ProducerRecord<byte[], byte[]> moved = new ProducerRecord<>(
                TOPIC,
                null,
                ("endpoint/other/" + ID).getBytes(StandardCharsets.UTF_8),
                written.value(),
                written.headers());

        assertEquals(Optional.empty(), WebhookEndpointRecords.readEndpoint(received(moved), SecretSeal.NONE));
    }

    @Test
    void signsWithTheFormerSecretUntilItsTime() {
        WebhookEndpoint rotated = endpoints().findFirst().orElseThrow();

        assertEquals(2, rotated.secrets(NOW).size());
        assertEquals(1, rotated.secrets(NOW.plusSeconds(86400)).size());
        assertFalse(
                rotated.toString().contains(((KeptSecret.Open) SECRET).secret().value()), rotated::toString);
        assertNotEquals(rotated.secrets(NOW).get(0), rotated.secrets(NOW).get(1));
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
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
                Optional.empty());
    }
}
