package io.genapi.inflight.poll;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that was read and waits to start.
 *
 * @param unreadable why it has neither key nor value, if it could not be deserialised
 * @param bytes of its key, value and headers, as they came
 */
record Held<K, V>(ConsumerRecord<K, V> record, Optional<Throwable> unreadable, long bytes) {

    Held(ConsumerRecord<K, V> record, Optional<Throwable> unreadable) {
        this(record, unreadable, bytes(record));
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
