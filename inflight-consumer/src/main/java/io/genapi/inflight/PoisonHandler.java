package io.genapi.inflight;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record goes that its handler cannot finish, a dead-letter topic for instance.
 *
 * @param <K> the record's key
 * @param <V> the record's value
 */
@FunctionalInterface
public interface PoisonHandler<K, V> {

    /**
     * Returning means finished. Called on the record's virtual thread and again after a back-off for as long as it
     * throws, since dropping the record is not an option; other records go on meanwhile.
     *
     * @param record its key and value are null if they could not be deserialised; the cause then is Kafka's {@code
     *     RecordDeserializationException}, which has the bytes
     * @param cause what the last attempt threw, with the earlier failures suppressed in it
     */
    void poison(ConsumerRecord<K, V> record, Throwable cause) throws Exception;
}
