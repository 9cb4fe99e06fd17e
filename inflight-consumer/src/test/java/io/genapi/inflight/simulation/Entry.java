package io.genapi.inflight.simulation;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record of the log. One that took its place after a truncation is another one.
 *
 * @param id unique in the schedule; the record's timestamp, by which a run tells what it runs
 * @param bytes of its value
 * @param readable whether it can be deserialised
 */
record Entry(TopicPartition partition, long offset, int epoch, long id, int bytes, boolean readable, String key) {

    ConsumerRecord<String, String> toRecord() {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                id,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                key,
                "value",
                new RecordHeaders(),
                Optional.of(epoch));
    }

    @Override
    public String toString() {
        return partition + "@" + offset + "#" + id + (readable ? "" : "!");
    }
}
