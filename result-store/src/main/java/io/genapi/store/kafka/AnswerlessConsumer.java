package io.genapi.store.kafka;

import io.genapi.store.topology.webhook.DroppedAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka Streams' own consumer, which hands nothing on before the endpoints are known. It also drops the answers of results at
 * once: events carry none, and Kafka Streams would hold many of up to 10 MiB each in its buffers.
 */
final class AnswerlessConsumer extends KafkaConsumer<byte[], byte[]> {
    private final String results;
    private final EndpointsFirst.ForConsumer first;

    AnswerlessConsumer(Map<String, Object> properties, String results, EndpointsFirst endpoints) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.results = results;
        this.first = endpoints.of(this, () -> groupMetadata().generationId());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = first.pass(super.poll(timeout));
        if (records.partitions().stream().noneMatch(this::isOfResults)) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> slim = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> whole = records.records(partition);
            slim.put(
                    partition,
                    isOfResults(partition)
                            ? whole.stream().map(AnswerlessConsumer::slim).toList()
                            : whole);
        }
        return new ConsumerRecords<>(slim, records.nextOffsets());
    }

    private boolean isOfResults(TopicPartition partition) {
        return partition.topic().equals(results);
    }

    private static ConsumerRecord<byte[], byte[]> slim(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? record : DroppedAnswer.of(record);
    }
}
