package io.genapi.inflight;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
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
            sendAll(producer, partitions, from, to);
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
            sendAll(producer, 1, from, to);
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private void sendAll(KafkaProducer<String, String> producer, int partitions, int from, int to) {
        List<Future<RecordMetadata>> sent = IntStream.range(from, to)
                .mapToObj(value ->
                        producer.send(new ProducerRecord<>(name, value % partitions, null, Integer.toString(value))))
                .toList();
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
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
