package io.genapi.store.kafka;

import io.genapi.store.topology.ConsumptionProgress;
import io.genapi.store.topology.DroppedBody;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka Streams' own consumer, telling where it stands. It also drops the bodies of requests at once: the store has no
 * use for them, and Kafka Streams would hold many of up to 10 MiB each in its buffers.
 */
final class TrackingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final ConsumptionProgress progress;
    private final Set<String> requestTopics;

    TrackingConsumer(Map<String, Object> properties, ConsumptionProgress progress, Set<String> requestTopics) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.progress = progress;
        this.requestTopics = requestTopics;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        Set<TopicPartition> assigned = assignment();
        progress.retain(this, assigned);
        records.nextOffsets().forEach((partition, next) -> {
            List<ConsumerRecord<byte[], byte[]>> handedOut = records.records(partition);
            long last = handedOut.isEmpty() ? -1 : handedOut.getLast().offset();
            progress.polled(this, partition, next.offset(), last);
        });
        for (TopicPartition partition : assigned) {
            if (!progress.isKnown(this, partition)) {
                begin(partition);
            }
            lookForEnd(partition);
        }
        return withoutBodies(records);
    }

    private void begin(TopicPartition partition) {
        try {
            progress.began(this, partition, position(partition, Duration.ZERO));
        } catch (TimeoutException | InvalidOffsetException notYet) {
            // The position is still being looked up; the next poll asks again.
        }
    }

    private void lookForEnd(TopicPartition partition) {
        try {
            long position = position(partition, Duration.ZERO);
            currentLag(partition).ifPresent(lag -> progress.ends(this, partition, position + lag));
        } catch (TimeoutException | InvalidOffsetException notYet) {
            // The position is still being looked up; the next poll asks again.
        }
    }

    private ConsumerRecords<byte[], byte[]> withoutBodies(ConsumerRecords<byte[], byte[]> records) {
        if (records.partitions().stream().noneMatch(partition -> requestTopics.contains(partition.topic()))) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> slim = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> whole = records.records(partition);
            slim.put(
                    partition,
                    requestTopics.contains(partition.topic())
                            ? whole.stream().map(TrackingConsumer::withoutBody).toList()
                            : whole);
        }
        return new ConsumerRecords<>(slim, records.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> withoutBody(ConsumerRecord<byte[], byte[]> record) {
        // A missing value means something, so it stays missing.
        return record.value() == null ? record : DroppedBody.of(record);
    }
}
