package io.genapi.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRecordsTest {

    private static final String TOPIC = "genapi.webhook-events";
    private static final int PARTITIONS = 24;
    private static final int OWN = JobPartitioner.partitionOf(WebhookSamples.TENANT.value(), PARTITIONS);

    static Stream<WebhookEvent> events() {
        return WebhookSamples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsTheEventsThatItWritesToTheirTenantsPartition(WebhookEvent event) {
        ProducerRecord<byte[], byte[]> record = WebhookEventRecords.write(event, TOPIC, "/test", PARTITIONS);

        assertEquals(Optional.of(event), WebhookEventRecords.read(Samples.consumed(record)));
        assertEquals(OWN, record.partition());
        assertEquals(event.id().value(), new String(record.key(), UTF_8));
    }

    static Stream<Redelivery> wishes() {
        return WebhookSamples.wishes();
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void readsTheWishesThatItWritesToTheirTenantsPartition(Redelivery wish) {
        ProducerRecord<byte[], byte[]> record = RedeliveryRecords.write(wish, TOPIC, "/test", PARTITIONS);

        assertEquals(Optional.of(wish), RedeliveryRecords.read(Samples.consumed(record)));
        assertEquals(Optional.empty(), WebhookEventRecords.read(Samples.consumed(record)));
        assertEquals(OWN, record.partition());
    }

    @Test
    void readsTheDeliveryThatItWrites() {
        Delivery delivery = WebhookSamples.delivery();

        assertEquals(
                Optional.of(delivery),
                DeliveryRecords.read(Samples.consumed(DeliveryRecords.write(delivery, "genapi.webhooks", "/test"))));
    }

    @Test
    void readsDeliveriesAndAttemptsThatTellOfNoEnabling() {
        Delivery with = WebhookSamples.delivery();
        Delivery without = new Delivery(with.event(), with.endpoint(), with.attempt(), with.dueAt());
        DeliveryAttempt attempt =
                new DeliveryAttempt(without, Samples.NOW, Duration.ZERO, new Outcome.Withheld("the endpoint is gone"));

        assertEquals(
                Optional.of(without),
                DeliveryRecords.read(ofBefore(DeliveryRecords.write(without, "genapi.webhooks", "/test"))));
        assertEquals(
                Optional.of(attempt),
                DeliveryAttemptRecords.read(ofBefore(
                        DeliveryAttemptRecords.write(attempt, "genapi.webhook-attempts", "/test", PARTITIONS))));
    }

    private static ConsumerRecord<byte[], byte[]> ofBefore(ProducerRecord<byte[], byte[]> record) {
        String now = new String(record.value(), UTF_8);
        String before = now.replace(",\"enabled_at\":null", "");
        assertNotEquals(now, before);
        return Samples.consumed(record.topic(), record.key(), before.getBytes(UTF_8), record.headers());
    }

    static Stream<DeliveryAttempt> attempts() {
        return WebhookSamples.attempts();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void readsTheAttemptsThatItWritesToTheirTenantsPartition(DeliveryAttempt attempt) {
        ProducerRecord<byte[], byte[]> record =
                DeliveryAttemptRecords.write(attempt, "genapi.webhook-attempts", "/test", PARTITIONS);

        assertEquals(Optional.of(attempt), DeliveryAttemptRecords.read(Samples.consumed(record)));
        assertEquals(OWN, record.partition());
    }

    @Test
    void writesAnAnswerThatIsCutWithinACharacterAsWellAsItCan() {
        DeliveryAttempt cut = new DeliveryAttempt(
                WebhookSamples.delivery(),
                Samples.NOW,
                Duration.ZERO,
                new Outcome.Answered(500, Optional.empty(), "half a pair: \ud83d"));
        ProducerRecord<byte[], byte[]> record =
                DeliveryAttemptRecords.write(cut, "genapi.webhook-attempts", "/test", PARTITIONS);

        assertEquals(List.of(), SchemaCheck.problems(record));
        assertEquals(
                Optional.of(new Outcome.Answered(500, Optional.empty(), "half a pair: ?")),
                DeliveryAttemptRecords.read(Samples.consumed(record)).map(DeliveryAttempt::outcome));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "nonsense",
                "{\"id\":\"evt_1\",\"tenant\":\"t\",\"type\":\"job.succeeded\",\"created_at\":\"2026-01-31T12:00:00Z\",\"subject\":\"s\"}",
                "{\"delivery\":null,\"at\":\"now\",\"latency_ms\":1,\"outcome\":\"answered\"}"
            })
    void whatIsNoneOfTheseIsLeftAlone(String value) {
        assertUnread(
                value,
                WebhookEventRecords::read,
                WebhookEventRecords.write(WebhookSamples.events().toList().getFirst(), TOPIC, "/test", PARTITIONS));
        assertUnread(
                value,
                RedeliveryRecords::read,
                RedeliveryRecords.write(WebhookSamples.wishes().toList().getFirst(), TOPIC, "/test", PARTITIONS));
        assertUnread(value, DeliveryRecords::read, DeliveryRecords.write(WebhookSamples.delivery(), TOPIC, "/test"));
        assertUnread(
                value,
                DeliveryAttemptRecords::read,
                DeliveryAttemptRecords.write(
                        WebhookSamples.attempts().toList().getFirst(), TOPIC, "/test", PARTITIONS));
    }

    private static void assertUnread(
            String value,
            Function<ConsumerRecord<byte[], byte[]>, Optional<?>> reader,
            ProducerRecord<byte[], byte[]> record) {
        assertEquals(
                Optional.empty(),
                reader.apply(Samples.consumed(record.topic(), record.key(), value.getBytes(UTF_8), record.headers())));
        assertEquals(
                Optional.empty(), reader.apply(Samples.consumed(record.topic(), record.key(), null, record.headers())));
    }
}
