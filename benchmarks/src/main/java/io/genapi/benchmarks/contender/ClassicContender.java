package io.genapi.benchmarks.contender;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A plain consumer and a thread for each partition, which is as many as a group can use. Each takes one record, does the
 * job, and commits while it does the next. Their partitions are assigned by hand, which spares them rebalances.
 */
final class ClassicContender {

    private static final Duration POLL = Duration.ofSeconds(1);

    private ClassicContender() {}

    static void start(Entry entry, SlowJobs jobs, Breakdown breakdown) {
        for (int number = 0; number < entry.consumers(); number++) {
            TopicPartition partition = new TopicPartition(entry.workload().topic(), number);
            Thread.ofPlatform().name("classic-" + number).start(() -> consume(entry, partition, jobs, breakdown));
        }
    }

    private static void consume(Entry entry, TopicPartition partition, SlowJobs jobs, Breakdown breakdown) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                entry.workload().bootstrap(),
                "group.id",
                entry.group(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                1);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> job : consumer.poll(POLL)) {
                    jobs.run(job);
                    consumer.commitAsync();
                }
            }
        } catch (Exception failure) {
            breakdown.report(failure);
        }
    }
}
