package io.genapi.runtime.control;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of one partition, so that all that is written there has one order, and read whole by each process. Whoever
 * writes waits until it has read that again, and whoever asks first reads to the end: what one process has answered, every
 * other one knows. Thread-safe; reads between start and close.
 */
public final class SharedLog implements AutoCloseable {

    private static final long NOTHING = -1;

    private final Admin admin;
    private final ControlReader reader;
    private final String topic;
    private final IsolationLevel end;
    private final Duration patience;
    private final ControlReader.Listener listener;
    private volatile long expected = NOTHING;
    private volatile boolean taken;

    /**
     * @param name of the thread that reads
     * @param admin its own from here on, as is the consumer
     * @param consumer without a group; where some write in transactions, one that reads what is committed
     * @param end what {@link #catchUp} takes for it: with {@code READ_UNCOMMITTED} all that lies there now, so that it waits
     *     for transactions that are open; with {@code READ_COMMITTED} what lies before the first of them
     * @param patience with Kafka, for one record or one question
     */
    public SharedLog(
            String name,
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            String topic,
            IsolationLevel end,
            Duration patience,
            ControlReader.Listener listener) {
        this.admin = admin;
        this.topic = topic;
        this.end = end;
        this.patience = patience;
        this.listener = listener;
        this.reader = ControlReader.ofAll(name, consumer, topic, this::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        listener.take(record);
        if (record.offset() == expected) {
            taken = true;
        }
    }

    public void start() {
        reader.start();
    }

    /** Whether all has been taken that lay on the topic at the start. */
    public boolean isCaughtUp() {
        return reader.isCaughtUp();
    }

    /**
     * Returns when all has been taken that lay on the topic at the start.
     *
     * @throws io.genapi.runtime.service.StartException if that takes longer
     */
    public void awaitCaughtUp(Duration longest) {
        reader.awaitCaughtUp(longest);
    }

    /**
     * Returns when all has been taken that lies on the topic now.
     *
     * @throws LogUnavailableException if that takes longer than the patience
     */
    public void catchUp() throws InterruptedException {
        catchUp(patience);
    }

    /**
     * The same with a patience of its own.
     *
     * @throws LogUnavailableException if that takes longer, at most twice as long
     */
    public void catchUp(Duration longest) throws InterruptedException {
        TopicPartition whole = new TopicPartition(topic, 0);
        try {
            awaitTaken(
                    admin.listOffsets(Map.of(whole, OffsetSpec.latest()), new ListOffsetsOptions(end))
                            .partitionResult(whole)
                            .get(longest.toNanos(), TimeUnit.NANOSECONDS)
                            .offset(),
                    longest);
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            throw LogUnavailableException.of("topic '%s' does not tell its end".formatted(topic), failure);
        }
    }

    /**
     * Returns when all has been taken that lies before an offset.
     *
     * @throws LogUnavailableException if that takes longer than the patience
     */
    public void awaitTaken(long offset) throws InterruptedException {
        awaitTaken(offset, patience);
    }

    /**
     * The same with a patience of its own.
     *
     * @throws LogUnavailableException if that takes longer
     */
    public void awaitTaken(long offset, Duration longest) throws InterruptedException {
        if (!reader.awaitTaken(offset, longest)) {
            throw new LogUnavailableException("topic '%s' was not read to its end within %s".formatted(topic, longest));
        }
    }

    /** Has it looked out for a record that may come to nothing; for one at a time, before it can be read. */
    public void expect(long offset) {
        expected = NOTHING;
        taken = false;
        expected = offset;
    }

    /** Whether the record that was expected there has been taken. */
    public boolean hasTaken(long offset) {
        return expected == offset && taken;
    }

    @Override
    public void close() {
        reader.close();
        admin.close(Duration.ZERO);
    }
}
