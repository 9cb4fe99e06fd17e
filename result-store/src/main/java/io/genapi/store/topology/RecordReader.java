package io.genapi.store.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of one kind of topic. Thread-safe. */
@FunctionalInterface
interface RecordReader {
    RecordReading read(ConsumerRecord<byte[], byte[]> record);
}
