package io.genapi.inflight;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of its own on a shared broker, with everything a test does to it from outside. */
final class TestTopic {

    private final String bootstrapServers;
    private final String name;

    private TestTopic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    static TestTopic create(EmbeddedKafka kafka, String name, int partitions) throws Exception {
        TestTopic topic = new TestTopic(kafka.bootstrapServers(), name);
        try (Admin admin = topic.admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        }
        return topic;
    }

    /** One partition, a segment for every batch, of which nothing is compacted before {@link #compact()}. */
    static TestTopic createCompacted(EmbeddedKafka kafka, String name) throws Exception {
        TestTopic topic = new TestTopic(kafka.bootstrapServers(), name);
        try (Admin admin = topic.admin()) {
            NewTopic compacted = new NewTopic(name, Optional.of(1), Optional.empty())
                    .configs(Map.of(
                            "cleanup.policy", "compact", "min.compaction.lag.ms", "86400000", "segment.ms", "1"));
            admin.createTopics(List.of(compacted)).all().get();
        }
        return topic;
    }

    /** Lets the broker compact what lies before the newest batch, from here on. */
    void compact() throws Exception {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, name),
                            List.of(set("min.compaction.lag.ms", "0"), set("min.cleanable.dirty.ratio", "0")),
                            // All brokers'.
                            new ConfigResource(ConfigResource.Type.BROKER, ""),
                            List.of(set("log.cleaner.backoff.ms", "100"))))
                    .all()
                    .get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** Deletes the topic and creates another one of its name. */
    void recreate(int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            while (true) {
                try {
                    admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                            .all()
                            .get();
                    return;
                } catch (ExecutionException stillThere) {
                    if (!(stillThere.getCause() instanceof TopicExistsException)) {
                        throw stillThere;
                    }
                }
            }
        }
    }

    void grow(int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    void deleteRecordsBefore(long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    void commit(int partition, OffsetAndMetadata offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(group(), Map.of(new TopicPartition(name, partition), offset))
                    .all()
                    .get();
        }
    }

    String name() {
        return name;
    }

    String group() {
        return name + "-group";
    }

    Map<String, Object> consumerProperties(String protocol) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("group.id", group());
        properties.put("group.protocol", protocol);
        if (protocol.equals("classic")) {
            properties.put("heartbeat.interval.ms", 100);
        }
        return properties;
    }

    /** Values {@code "from"} to {@code "to - 1"}, in turn on all partitions. */
    void produce(int partitions, int from, int to) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            sendAll(producer, from, to, value -> new ProducerRecord<>(name, value % partitions, null, text(value)));
        }
    }

    /** The same values with keys, all on one partition. */
    void produceKeyed(int from, int to, IntFunction<String> key) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            sendAll(producer, from, to, value -> new ProducerRecord<>(name, 0, key.apply(value), text(value)));
        }
    }

    /** The same within a transaction, whose marker then takes an offset of its own. */
    void produceTransaction(int from, int to, boolean commit) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", name),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            sendAll(producer, from, to, value -> new ProducerRecord<>(name, 0, null, text(value)));
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private static String text(int value) {
        return Integer.toString(value);
    }

    private static void sendAll(
            KafkaProducer<String, String> producer,
            int from,
            int to,
            IntFunction<ProducerRecord<String, String>> record) {
        List<Future<RecordMetadata>> sent = IntStream.range(from, to)
                .mapToObj(value -> producer.send(record.apply(value)))
                .toList();
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What can be read of partition 0 now, from its beginning to its end. */
    Set<String> values() {
        Set<String> values = new HashSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(name, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    Optional<OffsetAndMetadata> committed(int partition) {
        try (Admin admin = admin()) {
            return Optional.ofNullable(admin.listConsumerGroupOffsets(group())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(name, partition)));
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    long committedOffset(int partition) {
        return committed(partition).map(OffsetAndMetadata::offset).orElse(-1L);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
