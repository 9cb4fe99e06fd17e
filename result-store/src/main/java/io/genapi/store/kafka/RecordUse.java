package io.genapi.store.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is made of a record that was asked for, by the thread that reads it, so that nobody holds a large one. Thread-safe. */
interface RecordUse<T> {

    T of(ConsumerRecord<byte[], byte[]> record);

    /** It is there no more. */
    T gone();

    T unavailable(String reason);
}
