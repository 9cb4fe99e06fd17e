package io.genapi.schemas.kafka;

import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EndpointId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Deliveries that are due as records of {@code genapi.webhooks}, keyed by event id. */
public final class DeliveryRecords {

    private DeliveryRecords() {}

    /** The value of such a record, and what attempts tell of their delivery. */
    record Value(
            WebhookEventRecords.Value event,
            String endpoint,
            int attempt,
            String dueAt,
            @Nullable String enabledAt) {
        Value {
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(dueAt, "due_at");
        }

        static Value of(Delivery delivery) {
            return new Value(
                    WebhookEventRecords.Value.of(delivery.event()),
                    delivery.endpoint().value(),
                    delivery.attempt(),
                    delivery.dueAt().toString(),
                    delivery.enabledAt().map(Instant::toString).orElse(null));
        }

        /** @throws IllegalArgumentException if it is no delivery that this version knows */
        Delivery delivery() {
            if (attempt < 1) {
                throw new IllegalArgumentException("attempts are counted from 1, and this is " + attempt);
            }
            return new Delivery(
                    event.event(),
                    new EndpointId(endpoint),
                    attempt,
                    Instant.parse(dueAt),
                    Optional.ofNullable(enabledAt).map(Instant::parse));
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(Delivery delivery, String topic, String source) {
        HeaderWriter headers = new HeaderWriter(EventTypes.WEBHOOK_DELIVERY, source, id(delivery), delivery.dueAt())
                .text(HeaderNames.TENANT, delivery.event().tenant());
        return new ProducerRecord<>(
                topic,
                null,
                WebhookEventRecords.key(delivery.event().id()),
                WireJson.MAPPER.writeValueAsBytes(Value.of(delivery)),
                headers.headers());
    }

    static String id(Delivery delivery) {
        return "%s/%s/%d".formatted(delivery.event().id(), delivery.endpoint(), delivery.attempt());
    }

    /** The delivery that a record is; empty where it is none that this version knows. */
    public static Optional<Delivery> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.WEBHOOK_DELIVERY::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.read(body, Value.class).delivery());
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
