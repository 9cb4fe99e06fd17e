package io.genapi.runtime.control;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * A topic of one partition, so that all that is written there has one order, and read whole by each process. Whoever
 * writes waits until it has read that again, and whoever asks first reads to the end: what one process has answered, every
 * other one knows. Thread-safe; reads between start and close.
 */
public final class SharedLog implements AutoCloseable {

    private final KafkaTemplate<byte[], byte[]> producer;
    private final Admin admin;
    private final ControlReader reader;
    private final String topic;
    private final Duration patience;

    /**
     * @param name of the thread that reads
     * @param admin its own from here on, as is the consumer
     * @param consumer without a group
     * @param patience with Kafka, for one record or one question
     */
    public SharedLog(
            String name,
            KafkaTemplate<byte[], byte[]> producer,
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            String topic,
            Duration patience,
            ControlReader.Listener listener) {
        this.producer = producer;
        this.admin = admin;
        this.topic = topic;
        this.patience = patience;
        this.reader = ControlReader.ofAll(name, consumer, topic, listener);
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
     * Returns when the record is durable and has been taken here.
     *
     * @throws LogUnavailableException if Kafka does not confirm it within the patience; it may be there all the same
     */
    public void write(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            long offset = producer.send(record)
                    .get(patience.multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS)
                    .getRecordMetadata()
                    .offset();
            awaitTaken(offset + 1);
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                | org.springframework.kafka.KafkaException failure) {
            throw unavailable("did not confirm a record", failure);
        }
    }

    /**
     * Returns when all has been taken that lies on the topic now.
     *
     * @throws LogUnavailableException if that takes longer than the patience
     */
    public void catchUp() throws InterruptedException {
        TopicPartition whole = new TopicPartition(topic, 0);
        try {
            awaitTaken(admin.listOffsets(Map.of(whole, OffsetSpec.latest()))
                    .partitionResult(whole)
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .offset());
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            throw unavailable("does not tell its end", failure);
        }
    }

    private void awaitTaken(long end) throws InterruptedException {
        if (!reader.awaitTaken(end, patience)) {
            throw new LogUnavailableException(
                    "topic '%s' was not read to its end within %s".formatted(topic, patience));
        }
    }

    private LogUnavailableException unavailable(String how, Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new LogUnavailableException(
                "topic '%s' %s (%s)".formatted(topic, how, root.getClass().getSimpleName()), failure);
    }

    @Override
    public void close() {
        reader.close();
        admin.close(Duration.ZERO);
    }
}
