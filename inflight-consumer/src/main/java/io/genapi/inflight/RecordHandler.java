package io.genapi.inflight;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is done with a record. Called on a virtual thread of its own, for many records at once.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface RecordHandler<K, V> {

    /**
     * Returning means finished: the record is never handed out again. Whatever must survive a crash is durable before.
     *
     * <p>Interrupted only when {@link InflightConsumer#close()} has waited for the whole grace period.
     *
     * @throws Exception to be called again after a back-off, until the attempts are used up and the record is poison
     */
    void handle(ConsumerRecord<K, V> record) throws Exception;
}
