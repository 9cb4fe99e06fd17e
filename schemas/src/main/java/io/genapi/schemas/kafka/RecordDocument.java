package io.genapi.schemas.kafka;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One record, wherever it lies in Kafka, as JSON: how the store hands it to other processes. Bytes are in base64. */
public final class RecordDocument {

    private RecordDocument() {}

    @SuppressWarnings("ArrayRecordComponent") // Written or read, never compared.
    private record Document(
            String topic,
            int partition,
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Line> headers) {
        Document {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(headers, "headers");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Written or read, never compared.
    private record Line(String name, byte @Nullable [] value) {
        Line {
            Objects.requireNonNull(name, "name");
        }
    }

    public static byte[] write(ConsumerRecord<byte[], byte[]> record) {
        List<Line> headers = List.of(record.headers().toArray()).stream()
                .map(header -> new Line(header.key(), header.value()))
                .toList();
        return WireJson.MAPPER.writeValueAsBytes(new Document(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers));
    }

    /** Empty where the bytes are no such document. */
    public static Optional<ConsumerRecord<byte[], byte[]>> read(byte[] json) {
        try {
            Document document = WireJson.read(json, Document.class);
            RecordHeaders headers = new RecordHeaders();
            document.headers().forEach(line -> headers.add(line.name(), line.value()));
            return Optional.of(new ConsumerRecord<>(
                    document.topic(),
                    document.partition(),
                    document.offset(),
                    document.timestamp(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    document.key(),
                    document.value(),
                    headers,
                    Optional.empty()));
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
