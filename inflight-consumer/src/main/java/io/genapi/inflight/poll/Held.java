package io.genapi.inflight.poll;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was read and waits to start.
 *
 * @param unreadable why it has neither key nor value, if it could not be deserialised
 */
record Held<K, V>(ConsumerRecord<K, V> record, Optional<Throwable> unreadable) {

    long offset() {
        return record.offset();
    }
}
