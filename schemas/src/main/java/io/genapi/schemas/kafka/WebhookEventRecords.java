package io.genapi.schemas.kafka;

import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.TraceParent;
import io.genapi.schemas.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Events as records of {@code genapi.webhook-events}, keyed by event id, in the partition of their tenant. */
public final class WebhookEventRecords {

    private WebhookEventRecords() {}

    /** The value of such a record, and what deliveries and attempts tell of their event. */
    record Value(
            String id,
            String tenant,
            String type,
            String createdAt,
            String subject,
            @Nullable String endpoint,
            @Nullable String result,
            @Nullable String traceparent) {
        Value {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(createdAt, "created_at");
            Objects.requireNonNull(subject, "subject");
        }

        static Value of(WebhookEvent event) {
            return new Value(
                    event.id().value(),
                    event.tenant().value(),
                    event.type().wireName(),
                    event.createdAt().toString(),
                    event.subject(),
                    event.endpoint().map(EndpointId::value).orElse(null),
                    event.result().map(RecordPlace::toString).orElse(null),
                    event.traceParent().map(TraceParent::value).orElse(null));
        }

        /** @throws IllegalArgumentException if it is no event that this version knows */
        WebhookEvent event() {
            return new WebhookEvent(
                    new EventId(id),
                    new TenantId(tenant),
                    EventType.fromWireName(type)
                            .orElseThrow(() -> new IllegalArgumentException("'" + type + "' is no type of event")),
                    Instant.parse(createdAt),
                    subject,
                    Optional.ofNullable(endpoint).map(EndpointId::new),
                    Optional.ofNullable(result)
                            .map(place -> RecordPlace.parse(place)
                                    .orElseThrow(() -> new IllegalArgumentException("'" + place + "' is no place"))),
                    Optional.ofNullable(traceparent).flatMap(TraceParent::parse));
        }
    }

    /**
     * @param source the writer, as CloudEvents' {@code source}
     * @param partitions of that topic
     */
    public static ProducerRecord<byte[], byte[]> write(
            WebhookEvent event, String topic, String source, int partitions) {
        HeaderWriter headers = new HeaderWriter(
                        EventTypes.WEBHOOK_EVENT, source, event.id().value(), event.createdAt())
                .text(HeaderNames.TENANT, event.tenant());
        return new ProducerRecord<>(
                topic,
                JobPartitioner.partitionOf(event.tenant().value(), partitions),
                key(event.id()),
                WireJson.MAPPER.writeValueAsBytes(Value.of(event)),
                headers.headers());
    }

    static byte[] key(EventId id) {
        return id.value().getBytes(StandardCharsets.US_ASCII);
    }

    /** The event that a record is; empty where it is none that this version knows. */
    public static Optional<WebhookEvent> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.WEBHOOK_EVENT::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.read(body, Value.class).event());
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
