package io.genapi.schemas.kafka;

import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.job.JobId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Cancellations as records of {@code genapi.control}, keyed by job id so that the last of each is kept. */
public final class CancellationRecords {

    private CancellationRecords() {}

    /** The value of such a record. */
    private record Value(String jobId, String requestedAt) {
        Value {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(requestedAt, "requested_at");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(Cancellation cancellation, String topic, String source) {
        JobId id = cancellation.id();
        HeaderWriter headers =
                new HeaderWriter(EventTypes.CANCELLATION, source, id + "/cancellation", cancellation.requestedAt());
        Value value = new Value(id.value(), cancellation.requestedAt().toString());
        return new ProducerRecord<>(
                topic, null, id.bytes(), WireJson.MAPPER.writeValueAsBytes(value), headers.headers());
    }

    /** The cancellation that a record is; empty where it is none that this version knows. */
    public static Optional<Cancellation> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.CANCELLATION::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(new Cancellation(new JobId(value.jobId()), Instant.parse(value.requestedAt())));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
