package io.genapi.schemas.kafka;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.Redelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Wishes to be told again as records of {@code genapi.webhook-events}, keyed by endpoint id, in the partition of their
 * tenant, so that they come after the events that they are about.
 */
public final class RedeliveryRecords {

    private RedeliveryRecords() {}

    /** The value of such a record: it names the event, or since when all failed ones are meant. */
    private record Value(
            String endpoint,
            String tenant,
            String requestedAt,
            @Nullable String event,
            @Nullable String failedSince) {
        Value {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(requestedAt, "requested_at");
        }

        static Value of(Redelivery wish) {
            String endpoint = wish.endpoint().value();
            String tenant = wish.tenant().value();
            String at = wish.requestedAt().toString();
            return switch (wish.scope()) {
                case Redelivery.Scope.One(EventId event) -> new Value(endpoint, tenant, at, event.value(), null);
                case Redelivery.Scope.AllFailed(Instant since) ->
                    new Value(endpoint, tenant, at, null, since.toString());
            };
        }

        Redelivery wish() {
            return new Redelivery(new EndpointId(endpoint), new TenantId(tenant), Instant.parse(requestedAt), scope());
        }

        private Redelivery.Scope scope() {
            if (event != null) {
                return new Redelivery.Scope.One(new EventId(event));
            }
            if (failedSince != null) {
                return new Redelivery.Scope.AllFailed(Instant.parse(failedSince));
            }
            throw new IllegalArgumentException("it names neither an event nor a time");
        }
    }

    /**
     * @param source the writer, as CloudEvents' {@code source}
     * @param partitions of that topic
     */
    public static ProducerRecord<byte[], byte[]> write(Redelivery wish, String topic, String source, int partitions) {
        String id = wish.endpoint() + "/redelivery/" + wish.requestedAt().toEpochMilli();
        HeaderWriter headers = new HeaderWriter(EventTypes.WEBHOOK_REDELIVERY, source, id, wish.requestedAt())
                .text(HeaderNames.TENANT, wish.tenant());
        return new ProducerRecord<>(
                topic,
                JobPartitioner.partitionOf(wish.tenant().value(), partitions),
                wish.endpoint().value().getBytes(StandardCharsets.US_ASCII),
                WireJson.MAPPER.writeValueAsBytes(Value.of(wish)),
                headers.headers());
    }

    /** The wish that a record is; empty where it is none that this version knows. */
    public static Optional<Redelivery> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.WEBHOOK_REDELIVERY::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.read(body, Value.class).wish());
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
