package io.genapi.inflight.poll;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read.
 *
 * @param unfit why no handler can be given it: it could not be deserialised, and has neither key nor value, or its
 *     ordering key could not be told
 * @param orderedBy its ordering key, if it has one
 * @param bytes of its key, value and headers, as they came
 * @param bytesBeside how many it takes beside them while it runs
 */
record Held<K, V>(
        ConsumerRecord<K, V> record,
        Optional<Throwable> unfit,
        @Nullable Object orderedBy,
        long bytes,
        long bytesBeside) {

    static <K, V> Held<K, V> read(ConsumerRecord<K, V> record, Treatment<K, V> treatment) {
        try {
            return new Held<>(
                    record,
                    Optional.empty(),
                    treatment.orderedBy().apply(record),
                    bytes(record),
                    Math.max(0, treatment.bytesBeside().applyAsLong(record)));
        } catch (RuntimeException failure) {
            return unfit(record, failure);
        }
    }

    static <K, V> Held<K, V> unfit(ConsumerRecord<K, V> record, Throwable cause) {
        return new Held<>(record, Optional.of(cause), null, bytes(record), 0);
    }

    long bytesRunning() {
        return bytes + bytesBeside;
    }

    long offset() {
        return record.offset();
    }

    private static long bytes(ConsumerRecord<?, ?> record) {
        long bytes = Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
