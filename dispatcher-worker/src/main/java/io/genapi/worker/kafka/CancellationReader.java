package io.genapi.worker.kafka;

import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.worker.cancel.Cancellations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from {@code genapi.control} which jobs are cancelled: first all that lies there, for a cancelled job may still be
 * queued, then what comes. Thread-safe; reads in a thread of its own between start and close.
 */
public final class CancellationReader implements ReadinessCheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CancellationReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition control;
    private final Cancellations cancellations;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean closed;

    /** @param consumer without a group; the reader's own from here on */
    public CancellationReader(Consumer<byte[], byte[]> consumer, String controlTopic, Cancellations cancellations) {
        this.consumer = consumer;
        this.control = new TopicPartition(controlTopic, 0);
        this.cancellations = cancellations;
        this.reader = Thread.ofPlatform().name("cancellations").daemon().unstarted(this::read);
    }

    public void start() {
        reader.start();
    }

    /**
     * Returns when all is known that lay on the topic at the start.
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

    @Override
    public String name() {
        return "cancellations";
    }

    @Override
    public Optional<String> problem() {
        return caughtUp.getCount() == 0
                ? Optional.empty()
                : Optional.of("the cancellations of queued jobs are not read yet");
    }

    private void read() {
        try (consumer) {
            consumer.assign(List.of(control));
            consumer.seekToBeginning(List.of(control));
            Optional<Long> end = Optional.empty();
            while (!closed) {
                try {
                    if (end.isEmpty()) {
                        end = Optional.ofNullable(
                                consumer.endOffsets(List.of(control)).get(control));
                    }
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        CancellationRecords.read(record).ifPresent(told -> cancellations.cancel(told.id()));
                    }
                    if (caughtUp.getCount() > 0 && end.isPresent() && consumer.position(control) >= end.get()) {
                        caughtUp.countDown();
                    }
                } catch (WakeupException | InterruptException woken) {
                    LOG.debug("The reader of cancellations was woken up");
                } catch (KafkaException failure) {
                    LOG.warn("Cancellations could not be read; trying again: {}", failure.toString());
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
