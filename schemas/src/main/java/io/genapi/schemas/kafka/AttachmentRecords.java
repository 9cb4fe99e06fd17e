package io.genapi.schemas.kafka;

import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.job.JobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Attachments as records of {@code genapi.control}, keyed by job id so that the last of each is kept, but apart from the
 * job's cancellation.
 */
public final class AttachmentRecords {

    private AttachmentRecords() {}

    /** The value of such a record. */
    private record Value(String jobId, String attachedAt) {
        Value {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(attachedAt, "attached_at");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(Attachment attachment, String topic, String source) {
        JobId id = attachment.id();
        HeaderWriter headers = new HeaderWriter(
                EventTypes.ATTACHMENT,
                source,
                id + "/attachment/" + attachment.at().toEpochMilli(),
                attachment.at());
        Value value = new Value(id.value(), attachment.at().toString());
        return new ProducerRecord<>(
                topic,
                null,
                ("attachment/" + id).getBytes(StandardCharsets.UTF_8),
                WireJson.MAPPER.writeValueAsBytes(value),
                headers.headers());
    }

    /** The attachment that a record is; empty where it is none that this version knows. */
    public static Optional<Attachment> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.ATTACHMENT::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(new Attachment(new JobId(value.jobId()), Instant.parse(value.attachedAt())));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
