package io.genapi.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Everything that was ever written to a topic, by job. Not thread-safe. */
final class TopicWatch implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<JobId, List<ConsumerRecord<byte[], byte[]>>> byJob = new HashMap<>();

    TopicWatch(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The first record of a job, waited for. */
    ConsumerRecord<byte[], byte[]> await(JobId id) {
        if (!byJob.containsKey(id)) {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !of(id).isEmpty());
        }
        return byJob.getOrDefault(id, List.of()).getFirst();
    }

    /** The records of a job so far, in order. */
    List<ConsumerRecord<byte[], byte[]>> of(JobId id) {
        read();
        return known(id);
    }

    /** Those of them that were read before. */
    List<ConsumerRecord<byte[], byte[]>> known(JobId id) {
        return byJob.getOrDefault(id, List.of());
    }

    void read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            byJob.computeIfAbsent(new JobId(new String(record.key(), UTF_8)), _ -> new ArrayList<>())
                    .add(record);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
