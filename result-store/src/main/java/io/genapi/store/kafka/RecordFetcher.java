package io.genapi.store.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** One consumer that fetches single records by their place. Not thread-safe. */
final class RecordFetcher implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;

    RecordFetcher(Consumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    <T> T fetch(TopicPartition partition, long offset, RecordUse<T> use) {
        if (!consumer.assignment().equals(Set.of(partition))) {
            consumer.assign(List.of(partition));
        }
        consumer.seek(partition, offset);
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
            if (records.isEmpty()) {
                return use.unavailable("Kafka did not hand out the result in time");
            }
            ConsumerRecord<byte[], byte[]> first = records.records(partition).getFirst();
            return first.offset() == offset ? use.of(first) : use.gone();
        } catch (OffsetOutOfRangeException deleted) {
            return use.gone();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
