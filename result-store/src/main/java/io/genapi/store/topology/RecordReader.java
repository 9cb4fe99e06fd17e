package io.genapi.store.topology;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of one kind of topic. Thread-safe. */
@FunctionalInterface
interface RecordReader {
    /** @param now when it is read: no time that a record tells can be later */
    RecordReading read(ConsumerRecord<byte[], byte[]> record, Instant now);
}
