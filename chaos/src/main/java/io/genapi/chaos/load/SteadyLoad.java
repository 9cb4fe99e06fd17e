package io.genapi.chaos.load;

import io.genapi.chaos.http.Api;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hands jobs to Kafka at an even pace until it is stopped, however many are open: an open loop. Thread-safe. */
public final class SteadyLoad implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String prefix;
    private final int partitions;
    private final Queue<Submission> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final Pacer pacer;

    private SteadyLoad(String bootstrapServers, int partitions, int jobsPerSecond, String prefix) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.prefix = prefix;
        this.partitions = partitions;
        this.pacer = new Pacer(jobsPerSecond, this::submit);
    }

    /** @param prefix of the jobs' names; no other job may have it */
    public static SteadyLoad start(String bootstrapServers, int partitions, int jobsPerSecond, String prefix) {
        SteadyLoad load = new SteadyLoad(bootstrapServers, partitions, jobsPerSecond, prefix);
        load.pacer.start();
        return load;
    }

    private void submit(long number) {
        String name = prefix + number;
        int partition = (int) (number % partitions);
        Instant at = Instant.now();
        var _ = producer.send(JobRecords.request(partition, name, Api.MODEL), (_, failure) -> {
            if (failure == null) {
                accepted.add(new Submission(name, partition, at));
            } else {
                refused.incrementAndGet();
            }
        });
    }

    /** How many Kafka took so far. */
    public int accepted() {
        return accepted.size();
    }

    /** How many Kafka did not take: they are no jobs, and nothing is promised about them. */
    public long refused() {
        return refused.get();
    }

    /** Ends the load and returns every job that Kafka took. */
    public List<Submission> stop() {
        close();
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        pacer.close();
        producer.close();
    }
}
