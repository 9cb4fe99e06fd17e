package io.genapi.gateway.kafka;

import io.genapi.gateway.stream.StreamLog;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code genapi.deltas} and {@code genapi.results}, with a consumer for each stream, of which few are open at once. */
public final class KafkaStreamLog implements StreamLog {

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TopicNames topics;
    private final int partitions;
    private final Semaphore readers;
    private final InstantSource clock;

    /**
     * @param consumers makes consumers that belong to no group and begin at the earliest record where theirs is gone
     * @param partitions how many both topics have
     * @param maxReaders how many consumers are open at once
     */
    public KafkaStreamLog(
            Supplier<Consumer<byte[], byte[]>> consumers,
            TopicNames topics,
            int partitions,
            int maxReaders,
            InstantSource clock) {
        this.consumers = consumers;
        this.topics = topics;
        this.partitions = partitions;
        this.readers = new Semaphore(maxReaders, true);
        this.clock = clock;
    }

    @Override
    public Optional<Cursor> open(JobId id, Extent extent, Duration patience) throws InterruptedException {
        if (!readers.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            int partition = JobPartitioner.partitionOf(id, partitions);
            return Optional.of(new KafkaStreamCursor(
                    consumers.get(),
                    id,
                    new TopicPartition(topics.deltas(), partition),
                    new TopicPartition(topics.results(), partition),
                    extent,
                    clock,
                    readers::release));
        } catch (RuntimeException failure) {
            readers.release();
            throw failure;
        }
    }
}
