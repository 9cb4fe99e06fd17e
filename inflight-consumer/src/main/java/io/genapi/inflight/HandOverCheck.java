package io.genapi.inflight;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Asked before a record runs that the partition's former owner still had running when it handed the partition over, and
 * whose lease has ended since.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface HandOverCheck<K, V> {

    /**
     * True if the former owner finished the record, which then does not run again. Called on the record's virtual
     * thread; an exception counts as a failed attempt.
     */
    boolean alreadyDone(ConsumerRecord<K, V> record) throws Exception;
}
