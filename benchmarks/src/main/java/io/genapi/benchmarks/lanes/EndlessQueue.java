package io.genapi.benchmarks.lanes;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.load.Submission;
import io.genapi.schemas.job.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Jobs of one lane, of which some always wait, and never many more than that. Thread-safe. */
final class EndlessQueue implements AutoCloseable {

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(250);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Lane lane;
    private final int partitions;
    private final int length;
    private final LongSupplier begun;
    private final Queue<Submission> accepted = new ConcurrentLinkedQueue<>();
    private final Thread feeder = Thread.ofPlatform().name("flood").daemon().unstarted(this::feed);
    private int written;
    private volatile boolean closed;

    private EndlessQueue(String bootstrapServers, Lane lane, int partitions, int length, LongSupplier begun) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.lane = lane;
        this.partitions = partitions;
        this.length = length;
        this.begun = begun;
    }

    /**
     * Fills it, and keeps it filled until it is closed.
     *
     * @param length how many jobs are to wait; a few more may
     * @param begun vendor calls so far, of these jobs and of others
     */
    static EndlessQueue start(String bootstrapServers, Lane lane, int partitions, int length, LongSupplier begun) {
        EndlessQueue queue = new EndlessQueue(bootstrapServers, lane, partitions, length, begun);
        queue.feeder.start();
        return queue;
    }

    /** What the names of a lane's jobs begin with. */
    static String prefix(Lane lane) {
        return "flood-" + lane.wireName() + "-";
    }

    private void feed() {
        long before = begun.getAsLong();
        while (!closed) {
            long wanted = begun.getAsLong() - before + length;
            while (written < wanted) {
                write();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private void write() {
        String name = prefix(lane) + written;
        int partition = written % partitions;
        Instant at = Instant.now();
        ProducerRecord<byte[], byte[]> job = JobRecords.request(lane.wireName(), partition, name, Api.MODEL);
        var _ = producer.send(job, (_, failure) -> {
            if (failure == null) {
                accepted.add(new Submission(name, partition, at));
            }
        });
        written++;
    }

    /** Every job that Kafka took. */
    List<Submission> accepted() {
        return List.copyOf(accepted);
    }

    /** No more jobs come; returns when Kafka has those that came. */
    @Override
    public void close() {
        closed = true;
        try {
            feeder.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
