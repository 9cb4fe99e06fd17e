package io.genapi.schemas.kafka;

import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.SentText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Files as records of {@code genapi.batches}, keyed by {@code file/} and id; one without a value says that it is gone. */
public final class FileRecords {

    private static final String KEY = "file/";

    private FileRecords() {}

    /** The value of such a record. */
    private record Value(
            String id,
            String tenant,
            String filename,
            String purpose,
            long bytes,
            String sha256,
            String blob,
            String createdAt,
            String expiresAt) {
        Value {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(filename, "filename");
            Objects.requireNonNull(purpose, "purpose");
            Objects.requireNonNull(sha256, "sha256");
            Objects.requireNonNull(blob, "blob");
            Objects.requireNonNull(createdAt, "created_at");
            Objects.requireNonNull(expiresAt, "expires_at");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(StoredFile file, String topic, String source) {
        HeaderWriter headers = new HeaderWriter(
                EventTypes.FILE, source, file.id() + "/" + file.createdAt().toEpochMilli(), file.createdAt());
        Value value = new Value(
                file.id().value(),
                file.tenant().value(),
                SentText.wellFormed(file.name()),
                file.purpose().wireName(),
                file.bytes(),
                file.digest().hex(),
                file.blob(),
                file.createdAt().toString(),
                file.expiresAt().toString());
        return new ProducerRecord<>(
                topic, null, key(file.id()), WireJson.MAPPER.writeValueAsBytes(value), headers.headers());
    }

    /** Says that a file is gone. */
    public static ProducerRecord<byte[], byte[]> remove(FileId id, String topic) {
        return new ProducerRecord<>(topic, key(id), null);
    }

    private static byte[] key(FileId id) {
        return (KEY + id).getBytes(StandardCharsets.UTF_8);
    }

    /** The file whose record it is, or was; empty where it is another one's. */
    public static Optional<FileId> idOf(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return text.startsWith(KEY) ? FileId.parse(text.substring(KEY.length())) : Optional.empty();
    }

    /** The file that a record is; empty where it is none that this version knows, or says that one is gone. */
    public static Optional<StoredFile> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.FILE::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return FilePurpose.fromWireName(value.purpose())
                    .map(purpose -> new StoredFile(
                            new FileId(value.id()),
                            new TenantId(value.tenant()),
                            value.filename(),
                            purpose,
                            value.bytes(),
                            new BodyDigest(value.sha256()),
                            value.blob(),
                            Instant.parse(value.createdAt()),
                            Instant.parse(value.expiresAt())));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
