package io.genapi.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor: a record goes over one topic to an echo and over another one back, and nothing else happens. Producer
 * settings, payload sizes and the broker are those of a waiting call.
 */
final class TwoHopLoop implements RoundTrip, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String there;
    private final String back;
    private final byte[] request;
    private final byte[] answer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private final List<Thread> loops;
    private volatile boolean closed;

    private TwoHopLoop(String bootstrap, String suffix, int partitions, byte[] request, byte[] answer) {
        this.there = "bench.there." + suffix;
        this.back = "bench.back." + suffix;
        this.request = request;
        this.answer = answer;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 1, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.loops = List.of(
                Thread.ofPlatform().name("echo").unstarted(() -> read(bootstrap, there, partitions, this::echo)),
                Thread.ofPlatform().name("back").unstarted(() -> read(bootstrap, back, partitions, this::arrive)));
    }

    /** Makes its topics and starts its two consumers. */
    static TwoHopLoop start(String bootstrap, String suffix, int partitions, byte[] request, byte[] answer)
            throws InterruptedException, ExecutionException {
        TwoHopLoop loop = new TwoHopLoop(bootstrap, suffix, partitions, request, answer);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic(loop.there, Optional.of(partitions), Optional.empty()),
                            new NewTopic(loop.back, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
            // Leaders first: a producer that is earlier can wedge its first batch.
            var _ = admin.listOffsets(Stream.of(loop.there, loop.back)
                            .flatMap(topic -> partitionsOf(topic, partitions).stream())
                            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
                    .all()
                    .get();
        }
        loop.loops.forEach(Thread::start);
        return loop;
    }

    @Override
    public void go() throws InterruptedException, ExecutionException, TimeoutException {
        String id = java.util.UUID.randomUUID().toString();
        CompletableFuture<byte[]> arrival = new CompletableFuture<>();
        waiting.put(id, arrival);
        producer.send(new ProducerRecord<>(there, id.getBytes(StandardCharsets.UTF_8), request))
                .get();
        byte[] value = arrival.get(2, TimeUnit.MINUTES);
        if (value.length != answer.length) {
            throw new IllegalStateException("got " + value.length + " bytes back, not " + answer.length);
        }
    }

    private void echo(ConsumerRecord<byte[], byte[]> record) {
        var _ = producer.send(new ProducerRecord<>(back, record.key(), answer));
    }

    private void arrive(ConsumerRecord<byte[], byte[]> record) {
        CompletableFuture<byte[]> arrival = waiting.remove(new String(record.key(), StandardCharsets.UTF_8));
        if (arrival != null) {
            arrival.complete(record.value());
        }
    }

    private void read(
            String bootstrap,
            String topic,
            int partitions,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitionsOf(topic, partitions));
            while (!closed) {
                consumer.poll(POLL).forEach(action);
            }
        }
    }

    private static List<TopicPartition> partitionsOf(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread loop : loops) {
                loop.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
