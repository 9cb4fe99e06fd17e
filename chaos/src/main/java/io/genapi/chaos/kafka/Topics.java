package io.genapi.chaos.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a broker, written and read with Kafka's own clients. */
public final class Topics {

    /** No record is larger. */
    static final int LARGEST = 12 * 1024 * 1024;

    private final String bootstrapServers;

    public Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public void create(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The names of all topics that begin so. */
    public List<String> names(String beginning) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(beginning))
                    .sorted()
                    .toList();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Writes one record and returns when Kafka has it. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", LARGEST),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Writes all records, in their order for each partition, and returns when Kafka has them. */
    public void sendAll(Stream<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Future<RecordMetadata> sent : records.map(producer::send).toList()) {
                sent.get();
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How many records were ever written to a topic. */
    public long size(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Everything that is in a topic now. */
    public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (TopicReader reader = TopicReader.fromBeginning(bootstrapServers, topic)) {
            return reader.upToEnd();
        }
    }

    /** The first record of a topic that fits, as soon as it is there. */
    public ConsumerRecord<byte[], byte[]> await(
            String what, String topic, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        try (TopicReader reader = TopicReader.fromBeginning(bootstrapServers, topic)) {
            return reader.await(what, fits);
        }
    }

    /** Reads what is written to a topic from now on. */
    public TopicReader fromNow(String topic) {
        return TopicReader.fromEnd(bootstrapServers, topic);
    }

    /** A header's text; empty where there is none. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** A record's value as text; empty where it has none. */
    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.value())
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }
}
