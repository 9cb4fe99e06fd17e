package io.genapi.chaos.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every result that is written from now on, by the job's correlation id. Thread-safe. */
public final class ResultTail implements AutoCloseable {

    private static final String RESULTS = "genapi.results";
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<JobEnd>> ends = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile boolean closed;

    private ResultTail(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.partition.fetch.bytes", 12 * 1024 * 1024),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        reader = Thread.ofPlatform().name("results").daemon().unstarted(this::read);
    }

    /** Returns when its positions stand, so that no later result is missed. */
    public static ResultTail start(String bootstrapServers) {
        ResultTail tail = new ResultTail(bootstrapServers);
        List<TopicPartition> partitions = tail.consumer.partitionsFor(RESULTS).stream()
                .map(info -> new TopicPartition(RESULTS, info.partition()))
                .toList();
        tail.consumer.assign(partitions);
        tail.consumer.seekToEnd(partitions);
        partitions.forEach(tail.consumer::position);
        tail.reader.start();
        return tail;
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(this::take);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        ends.computeIfAbsent(Topics.header(record, "correlation-id"), _ -> new CopyOnWriteArrayList<>())
                .add(JobEnd.of(record));
    }

    /** The results of a job, in order; more than one only where it was done more than once. */
    public List<JobEnd> ends(String correlationId) {
        return List.copyOf(ends.getOrDefault(correlationId, List.of()));
    }

    public boolean hasEnded(String correlationId) {
        return ends.containsKey(correlationId);
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
