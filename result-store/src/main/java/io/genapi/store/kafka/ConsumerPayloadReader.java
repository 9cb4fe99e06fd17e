package io.genapi.store.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.store.job.PayloadLocation;
import io.genapi.store.query.PayloadReading;
import io.genapi.store.query.RequestReader;
import io.genapi.store.query.ResultPayloadReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads payloads with a few consumers without a group, each in a platform thread of its own: a consumer belongs to one
 * thread, and its selector would pin a virtual one. Threads and consumers are made when they are first needed.
 */
public final class ConsumerPayloadReader implements ResultPayloadReader, RequestReader, AutoCloseable {
    private static final int MOST_WAITING = 2_000;

    private final ThreadPoolExecutor readers;
    private final ThreadLocal<RecordFetcher> fetchers;
    private final Queue<RecordFetcher> opened = new ConcurrentLinkedQueue<>();
    private final String topic;
    private final Duration patience;

    /**
     * @param consumers of single records, with {@code auto.offset.reset} none
     * @param size how many of them
     * @param topic of the results
     * @param patience of one read, the wait for a free consumer included
     */
    public ConsumerPayloadReader(
            Supplier<Consumer<byte[], byte[]>> consumers, int size, String topic, Duration patience) {
        this.topic = topic;
        this.patience = patience;
        this.fetchers = ThreadLocal.withInitial(() -> {
            RecordFetcher fetcher = new RecordFetcher(consumers.get(), patience);
            opened.add(fetcher);
            return fetcher;
        });
        this.readers = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("payload-reader-", 0).daemon().factory());
    }

    @Override
    public PayloadReading read(JobId id, PayloadLocation location) throws InterruptedException {
        return read(
                new TopicPartition(topic, location.partition()),
                location.offset(),
                new PayloadUse(record -> Arrays.equals(record.key(), id.bytes()) && record.value() != null
                        ? new PayloadReading.Present(record.value())
                        : new PayloadReading.Gone()));
    }

    @Override
    public PayloadReading read(RecordPlace place) throws InterruptedException {
        return read(place, new PayloadUse(record -> new PayloadReading.Present(RecordDocument.write(record))));
    }

    <T> T read(RecordPlace place, RecordUse<T> use) throws InterruptedException {
        return read(new TopicPartition(place.topic(), place.partition()), place.offset(), use);
    }

    private <T> T read(TopicPartition partition, long offset, RecordUse<T> use) throws InterruptedException {
        Future<T> reading;
        try {
            reading = readers.submit(() -> fetchers.get().fetch(partition, offset, use));
        } catch (RejectedExecutionException busy) {
            return use.unavailable("too many records are being read at once");
        }
        try {
            return reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException timeUp) {
            return use.unavailable("Kafka did not hand out the record in time");
        } catch (ExecutionException failure) {
            return use.unavailable("Kafka did not hand out the record: " + failure.getCause());
        } finally {
            // Of no use to anybody any more if it has not begun.
            reading.cancel(false);
        }
    }

    private record PayloadUse(Function<ConsumerRecord<byte[], byte[]>, PayloadReading> reading)
            implements RecordUse<PayloadReading> {

        @Override
        public PayloadReading of(ConsumerRecord<byte[], byte[]> record) {
            return reading.apply(record);
        }

        @Override
        public PayloadReading gone() {
            return new PayloadReading.Gone();
        }

        @Override
        public PayloadReading unavailable(String reason) {
            return new PayloadReading.Unavailable(reason);
        }
    }

    /** Ends when the reads that run have ended. */
    @Override
    public void close() {
        readers.shutdown();
        try {
            if (readers.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                opened.forEach(RecordFetcher::close);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
