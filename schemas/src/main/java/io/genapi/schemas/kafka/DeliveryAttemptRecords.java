package io.genapi.schemas.kafka;

import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What came of deliveries as records of {@code genapi.webhook-attempts}, keyed by event id, in the partition of their
 * tenant. Spans are told in milliseconds.
 */
public final class DeliveryAttemptRecords {

    private static final String ANSWERED = "answered";
    private static final String UNANSWERED = "unanswered";
    private static final String WITHHELD = "withheld";

    private DeliveryAttemptRecords() {}

    /** The value of such a record. */
    private record Value(
            DeliveryRecords.Value delivery,
            @Nullable String enabledAt,
            String at,
            long latencyMs,
            String outcome,
            @Nullable Integer status,
            @Nullable Long retryAfterMs,
            @Nullable String head,
            @Nullable String code,
            @Nullable String reason) {
        Value {
            Objects.requireNonNull(delivery, "delivery");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(outcome, "outcome");
        }

        static Value of(DeliveryAttempt attempt) {
            DeliveryRecords.Value delivery = DeliveryRecords.Value.of(attempt.delivery());
            String enabledAt = attempt.enabledAt().map(Instant::toString).orElse(null);
            String at = attempt.at().toString();
            long latency = attempt.latency().toMillis();
            return switch (attempt.outcome()) {
                case Answered(int status, Optional<Duration> retryAfter, String head) ->
                    new Value(
                            delivery,
                            enabledAt,
                            at,
                            latency,
                            ANSWERED,
                            status,
                            retryAfter.map(Duration::toMillis).orElse(null),
                            SentText.wellFormed(head),
                            null,
                            null);
                case Unanswered(String code, String reason) ->
                    new Value(
                            delivery,
                            enabledAt,
                            at,
                            latency,
                            UNANSWERED,
                            null,
                            null,
                            null,
                            code,
                            SentText.wellFormed(reason));
                case Withheld(String reason) ->
                    new Value(
                            delivery,
                            enabledAt,
                            at,
                            latency,
                            WITHHELD,
                            null,
                            null,
                            null,
                            null,
                            SentText.wellFormed(reason));
            };
        }

        DeliveryAttempt attempt() {
            return new DeliveryAttempt(
                    delivery.delivery(),
                    Optional.ofNullable(enabledAt).map(Instant::parse),
                    Instant.parse(at),
                    Duration.ofMillis(latencyMs),
                    outcome(outcome));
        }

        private Outcome outcome(String kind) {
            return switch (kind) {
                case ANSWERED ->
                    new Answered(
                            required("status", status),
                            Optional.ofNullable(retryAfterMs).map(Duration::ofMillis),
                            required("head", head));
                case UNANSWERED -> new Unanswered(required("code", code), required("reason", reason));
                case WITHHELD -> new Withheld(required("reason", reason));
                default -> throw new IllegalArgumentException("outcome: '" + kind + "' is unknown");
            };
        }

        private static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException(field + " is missing");
            }
            return value;
        }
    }

    /**
     * @param source the writer, as CloudEvents' {@code source}
     * @param partitions of that topic
     */
    public static ProducerRecord<byte[], byte[]> write(
            DeliveryAttempt attempt, String topic, String source, int partitions) {
        Delivery delivery = attempt.delivery();
        HeaderWriter headers = new HeaderWriter(
                        EventTypes.WEBHOOK_ATTEMPT, source, DeliveryRecords.id(delivery), attempt.at())
                .text(HeaderNames.TENANT, delivery.event().tenant());
        return new ProducerRecord<>(
                topic,
                JobPartitioner.partitionOf(delivery.event().tenant().value(), partitions),
                WebhookEventRecords.key(delivery.event().id()),
                WireJson.MAPPER.writeValueAsBytes(Value.of(attempt)),
                headers.headers());
    }

    /** The attempt that a record is; empty where it is none that this version knows. */
    public static Optional<DeliveryAttempt> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.WEBHOOK_ATTEMPT::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireJson.read(body, Value.class).attempt());
        } catch (JacksonException
                | IllegalArgumentException
                | java.time.DateTimeException
                | ArithmeticException unknown) {
            return Optional.empty();
        }
    }
}
