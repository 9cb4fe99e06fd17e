package io.genapi.inflight;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which records must not run side by side: those of one partition with equal keys run one after another, in the order of
 * their offsets, whatever happens to them on the way.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface OrderingKey<K, V> {

    /**
     * Null for a record that waits for no other one. The key has {@code equals} and {@code hashCode}, is the same every
     * time and in every member of the group, and is small, since it is kept for as long as its records are. Called on
     * the poll thread, so it answers at once. A record for which it throws goes to the poison handler, in no order.
     */
    @Nullable
    Object of(ConsumerRecord<K, V> record);
}
