package io.genapi.runtime.control;

import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code genapi.control}, or another topic of one partition: first what lies there, then what comes, in a thread of its own between start and close.
 * What Kafka refuses is tried again. Thread-safe; its listener is called by that thread alone.
 */
public final class ControlReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Takes the records one after another; most of them are none of its business. */
    @FunctionalInterface
    public interface Listener {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition control;
    private final Runnable beginning;
    private final Listener listener;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Object progress = new Object();
    private long position;

    /** Where everything before it ends; empty until the reader has its place. */
    private Optional<Long> end = Optional.empty();

    private ControlReader(
            String name,
            Consumer<byte[], byte[]> consumer,
            TopicPartition control,
            Runnable beginning,
            Listener listener) {
        this.consumer = consumer;
        this.control = control;
        this.beginning = beginning;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Reads all that lies there.
     *
     * @param name of its thread
     * @param consumer without a group; the reader's own from here on
     */
    public static ControlReader ofAll(String name, Consumer<byte[], byte[]> consumer, String topic, Listener listener) {
        TopicPartition control = new TopicPartition(topic, 0);
        return new ControlReader(name, consumer, control, () -> consumer.seekToBeginning(List.of(control)), listener);
    }

    /**
     * Reads what is no older than the look-back.
     *
     * @param name of its thread
     * @param consumer without a group; the reader's own from here on
     */
    public static ControlReader ofRecent(
            String name,
            Consumer<byte[], byte[]> consumer,
            String topic,
            Duration lookBack,
            InstantSource clock,
            Listener listener) {
        TopicPartition control = new TopicPartition(topic, 0);
        Runnable beginning = () -> seekTo(consumer, control, clock.instant().minus(lookBack));
        return new ControlReader(name, consumer, control, beginning, listener);
    }

    private static void seekTo(Consumer<byte[], byte[]> consumer, TopicPartition control, Instant since) {
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(control, since.toEpochMilli())).get(control);
        if (first == null) {
            consumer.seekToEnd(List.of(control));
        } else {
            consumer.seek(control, first.offset());
        }
    }

    public void start() {
        thread.start();
    }

    /** Whether all has been taken that lay on the topic at the start. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Returns when all has been taken that lay on the topic at the start.
     *
     * @throws StartException if that takes longer than the patience
     */
    public void awaitCaughtUp(Duration patience) {
        try {
            if (!caughtUp.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StartException(
                        "Topic '%s' could not be read to its end within %s. Check that Kafka answers, then start again."
                                .formatted(control.topic(), patience));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted while topic '%s' was read.".formatted(control.topic()));
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(control));
            while (!isClosed()) {
                try {
                    read();
                } catch (WakeupException | InterruptException woken) {
                    LOG.debug("The reader of topic {} was woken up", control.topic());
                } catch (KafkaException failure) {
                    LOG.warn("Topic {} could not be read; trying again: {}", control.topic(), failure.toString());
                    var _ = closed.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        if (end.isEmpty()) {
            beginning.run();
            end = Optional.ofNullable(consumer.endOffsets(List.of(control)).get(control));
        }
        consumer.poll(POLL).forEach(listener::take);
        long reached = consumer.position(control);
        synchronized (progress) {
            position = reached;
            progress.notifyAll();
        }
        if (!isCaughtUp() && end.isPresent() && reached >= end.get()) {
            caughtUp.countDown();
        }
    }

    /** Waits until all has been taken that lies before an offset; false where that takes longer than the patience. */
    public boolean awaitTaken(long offset, Duration patience) throws InterruptedException {
        long giveUp = System.nanoTime() + patience.toNanos();
        synchronized (progress) {
            while (position < offset) {
                long left = TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                progress.wait(left);
            }
            return true;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
