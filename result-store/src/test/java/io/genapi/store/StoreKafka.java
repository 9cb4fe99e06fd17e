package io.genapi.store;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in this JVM with stores, and what others write to it. */
final class StoreKafka implements AutoCloseable {
    private final Path directory;
    private final EmbeddedKafka kafka;
    private final KafkaProducer<byte[], byte[]> producer;

    private StoreKafka(Path directory, EmbeddedKafka kafka) {
        this.directory = directory;
        this.kafka = kafka;
        this.producer = producer(Map.of("acks", "all"));
    }

    /** @param directory of the broker's data and the stores' state */
    static StoreKafka start(Path directory) {
        return new StoreKafka(directory, EmbeddedKafka.start(directory.resolve("kafka")));
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A store that is ready; one of the same name goes on with its state. */
    RunningStore startStore(String name) {
        return startStore(name, Map.of());
    }

    /** With settings of its own, by their full names. */
    RunningStore startStore(String name, Map<String, String> settings) {
        return RunningStore.start(kafka, directory.resolve(name), settings);
    }

    /** Returns when Kafka has it. */
    RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        return producer.send(record).get();
    }

    /** Reads a topic from its beginning, and only what is committed. */
    KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    void sendInTransaction(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> transactional =
                producer(Map.of("transactional.id", UUID.randomUUID().toString()))) {
            transactional.initTransactions();
            transactional.beginTransaction();
            var _ = transactional.send(record);
            transactional.commitTransaction();
        }
    }

    /** Deletes a record and those before it. */
    void delete(RecordMetadata place) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(place.topic(), place.partition()),
                            RecordsToDelete.beforeOffset(place.offset() + 1)))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        producer.close();
        kafka.close();
    }
}
