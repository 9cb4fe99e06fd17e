package io.genapi.chaos.kafka;

import io.genapi.chaos.patience.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic once, going on from where it was. For one thread. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    private TopicReader(String bootstrapServers, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "max.partition.fetch.bytes",
                        Topics.LARGEST),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static TopicReader fromBeginning(String bootstrapServers, String topic) {
        return new TopicReader(bootstrapServers, topic);
    }

    /** Of a topic that there is. */
    static TopicReader fromEnd(String bootstrapServers, String topic) {
        TopicReader reader = new TopicReader(bootstrapServers, topic);
        List<TopicPartition> partitions = reader.partitions();
        reader.consumer.seekToEnd(partitions);
        // Without being asked for, a position is looked up only when something is read.
        partitions.forEach(reader.consumer::position);
        return reader;
    }

    /** What is there now, and was not read yet; nothing while there is no such topic. */
    List<ConsumerRecord<byte[], byte[]>> upToEnd() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private List<TopicPartition> partitions() {
        if (consumer.assignment().isEmpty()) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
        }
        return List.copyOf(consumer.assignment());
    }

    /** The next record that fits, as soon as it is there. What was written after it may count as read, too. */
    public ConsumerRecord<byte[], byte[]> await(String what, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        Eventually.holds(
                what,
                () -> upToEnd().stream()
                        .filter(fits)
                        .findFirst()
                        .map(found::add)
                        .orElse(false));
        return found.getFirst();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
