package io.genapi.cli.deadletter;

import io.genapi.schemas.kafka.DeadLetterReading;
import io.genapi.schemas.kafka.DeadLetterRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The letters that lie in Kafka when it is opened, read one poll at a time. What it remembers of them is one bit each.
 * Not thread-safe.
 */
public final class DeadLetterTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Kafka's own limit is on what lies in it, compressed; a record of a foreign producer can be a multiple of that. */
    private static final int LARGEST_UNCOMPRESSED_BYTES = 64 * 1024 * 1024;

    private static final int FETCH_BYTES = 16 * 1024 * 1024;
    private static final String SOURCE = "/genapi/cli";

    /** What is done with the records of the topic, one after another. */
    @FunctionalInterface
    public interface Reader<R> {
        void take(R record) throws InterruptedException;
    }

    private final String bootstrap;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Optional<RedriveTurn> turn;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private final long begin;
    private final long end;

    private DeadLetterTopic(
            String bootstrap,
            TopicPartition partition,
            KafkaConsumer<byte[], byte[]> consumer,
            Optional<RedriveTurn> turn) {
        this.bootstrap = bootstrap;
        this.partition = partition;
        this.consumer = consumer;
        this.turn = turn;
        List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic(), PATIENCE);
        if (partitions == null || partitions.size() != 1) {
            throw new DeadLetterException(
                    ("Kafka at %s has no topic '%s' with one partition, so there are no dead letters of a broker with"
                                    + " that prefix. Name another prefix with --topic-prefix PREFIX.")
                            .formatted(bootstrap, partition.topic()));
        }
        consumer.assign(List.of(partition));
        this.begin = only(consumer.beginningOffsets(List.of(partition), PATIENCE));
        this.end = only(consumer.endOffsets(List.of(partition), PATIENCE));
    }

    /**
     * To be read.
     *
     * @param topic of the dead letters
     * @throws UnreachableKafkaException if no Kafka answers
     * @throws DeadLetterException if it has no such topic, or does not let us read it
     */
    public static DeadLetterTopic open(String bootstrap, String topic) {
        return open(bootstrap, topic, Optional.empty());
    }

    /**
     * To put letters back, which nobody else does until it is closed.
     *
     * @param group of consumers, which holds whoever puts letters back
     * @throws DeadLetterException also if another process puts letters back
     */
    public static DeadLetterTopic openAlone(String bootstrap, String topic, String group) {
        // Says what is wrong with the topic, which a member of a group would wait for.
        open(bootstrap, topic).close();
        RedriveTurn turn = RedriveTurn.begin(bootstrap, topic, group);
        try {
            // What an earlier turn put back is in the topic by now.
            return open(bootstrap, topic, Optional.of(turn));
        } catch (RuntimeException failure) {
            turn.close();
            throw failure;
        }
    }

    private static DeadLetterTopic open(String bootstrap, String topic, Optional<RedriveTurn> turn) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap);
        try {
            return new DeadLetterTopic(bootstrap, new TopicPartition(topic, 0), consumer, turn);
        } catch (RuntimeException failure) {
            consumer.close();
            throw told(bootstrap, failure);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        try {
            return new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrap,
                            "client.id",
                            "genapi-cli",
                            "isolation.level",
                            "read_committed",
                            "allow.auto.create.topics",
                            false,
                            "enable.auto.commit",
                            false,
                            "auto.offset.reset",
                            "earliest",
                            "fetch.max.bytes",
                            FETCH_BYTES,
                            "max.partition.fetch.bytes",
                            FETCH_BYTES,
                            "default.api.timeout.ms",
                            (int) PATIENCE.toMillis(),
                            "request.timeout.ms",
                            (int) PATIENCE.toMillis() / 2),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException failure) {
            // Of what is given here only the address can be wrong.
            throw new UnreachableKafkaException(bootstrap, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /** Which letters were put back, by their numbers from {@link #begin} on. */
    public Redriven redriven() throws InterruptedException {
        Redriven redriven = new Redriven(begin, new BitSet());
        read(begin, record -> {
            if (DeadLetterRecords.read(record) instanceof DeadLetterReading.Redriven(var letter, var _)) {
                redriven.add(letter);
            }
        });
        return redriven;
    }

    /** Every letter and every foreign record, the oldest first. */
    public void forEach(Reader<StoredLetter> reader) throws InterruptedException {
        read(begin, record -> {
            DeadLetterReading reading = DeadLetterRecords.read(record);
            if (!(reading instanceof DeadLetterReading.Redriven)) {
                reader.take(new StoredLetter(
                        record.offset(), Instant.ofEpochMilli(record.timestamp()), bytes(record), reading));
            }
        });
    }

    private void read(long from, Reader<ConsumerRecord<byte[], byte[]>> reader) throws InterruptedException {
        try {
            consumer.seek(partition, from);
            long progressAt = System.nanoTime();
            for (long position = from; position < end; ) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        reader.take(record);
                    }
                }
                long next = consumer.position(partition, PATIENCE);
                progressAt = next > position ? System.nanoTime() : progressAt;
                position = next;
                if (System.nanoTime() - progressAt > PATIENCE.toNanos()) {
                    throw new TimeoutException("no record came for " + PATIENCE);
                }
            }
        } catch (KafkaException failure) {
            throw told(bootstrap, failure);
        }
    }

    /**
     * Puts a request back and notes that of its letter; returns when Kafka has both.
     *
     * @throws DeadLetterException if Kafka does not take one of them; the message says which
     * @throws IllegalStateException if it was opened to be read
     */
    public void putBack(StoredLetter letter, RedriveDecision.PutBack decision) throws InterruptedException {
        turn.orElseThrow(() -> new IllegalStateException("the letters were opened to be read"))
                .check();
        send(decision.record(), "Letter %d was not put back".formatted(letter.number()));
        send(
                DeadLetterRecords.redriven(
                        partition.topic(),
                        partition.partition(),
                        letter.number(),
                        decision.id(),
                        SOURCE,
                        Instant.now()),
                "Letter %d was put back as %s, but that could not be noted, so it still shows as not redriven"
                        .formatted(letter.number(), decision.id()));
    }

    private void send(ProducerRecord<byte[], byte[]> record, String otherwise) throws InterruptedException {
        try {
            var _ = producer().send(record).get();
        } catch (ExecutionException | KafkaException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new DeadLetterException("%s: Kafka at %s did not take a record for topic '%s' (%s)."
                    .formatted(otherwise, bootstrap, record.topic(), reason));
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrap,
                            "client.id",
                            "genapi-cli",
                            "acks",
                            "all",
                            "enable.idempotence",
                            true,
                            "compression.type",
                            "lz4",
                            "max.request.size",
                            LARGEST_UNCOMPRESSED_BYTES,
                            "buffer.memory",
                            2L * LARGEST_UNCOMPRESSED_BYTES,
                            "max.block.ms",
                            PATIENCE.toMillis(),
                            "request.timeout.ms",
                            (int) PATIENCE.toMillis(),
                            "delivery.timeout.ms",
                            3 * (int) PATIENCE.toMillis()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public void close() {
        consumer.close();
        if (producer != null) {
            producer.close(PATIENCE);
        }
        turn.ifPresent(RedriveTurn::close);
    }

    private static RuntimeException told(String bootstrap, RuntimeException failure) {
        return switch (failure) {
            case TimeoutException timeout -> new UnreachableKafkaException(bootstrap, timeout);
            case KafkaException refused ->
                new DeadLetterException(
                        "Kafka at %s does not let the dead letters be read (%s).".formatted(bootstrap, refused));
            default -> failure;
        };
    }

    private static long only(Map<TopicPartition, Long> offsets) {
        return offsets.values().iterator().next();
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
