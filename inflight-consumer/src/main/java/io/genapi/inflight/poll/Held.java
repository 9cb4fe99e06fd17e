package io.genapi.inflight.poll;

import java.util.Optional;
import java.util.function.Function;
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
 */
record Held<K, V>(
        ConsumerRecord<K, V> record,
        Optional<Throwable> unfit,
        @Nullable Object orderedBy,
        long bytes) {

    static <K, V> Held<K, V> read(ConsumerRecord<K, V> record, Function<ConsumerRecord<K, V>, @Nullable Object> order) {
        try {
            return new Held<>(record, Optional.empty(), order.apply(record), bytes(record));
        } catch (RuntimeException failure) {
            return unfit(record, failure);
        }
    }

    static <K, V> Held<K, V> unfit(ConsumerRecord<K, V> record, Throwable cause) {
        return new Held<>(record, Optional.of(cause), null, bytes(record));
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
