package io.genapi.gateway.kafka;

import io.genapi.gateway.batch.BatchIndex;
import io.genapi.gateway.batch.BatchLog;
import io.genapi.gateway.file.FileIndex;
import io.genapi.gateway.file.FileLog;
import io.genapi.gateway.file.LogUnavailableException;
import io.genapi.runtime.control.ControlReader;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.kafka.BatchRecords;
import io.genapi.schemas.kafka.FileRecords;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * {@code genapi.batches}: of one partition, so that all that is written there has one order, and read whole by each
 * gateway. Whoever writes waits until it has read that again, and whoever asks first reads to the end: what one gateway has
 * answered, every other one knows. Thread-safe.
 */
public final class BatchTopic implements FileLog, BatchLog, AutoCloseable {

    private final KafkaTemplate<byte[], byte[]> producer;
    private final Admin admin;
    private final ControlReader reader;
    private final String topic;
    private final String source;
    private final Duration patience;
    private final FileIndex files;
    private final BatchIndex batches;

    /**
     * @param consumer without a group; its own from here on, as is the admin client
     * @param source this process, as CloudEvents' {@code source}
     * @param patience with Kafka, for one record or one question
     */
    public BatchTopic(
            KafkaTemplate<byte[], byte[]> producer,
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            String topic,
            String source,
            Duration patience,
            FileIndex files,
            BatchIndex batches) {
        this.producer = producer;
        this.admin = admin;
        this.topic = topic;
        this.source = source;
        this.patience = patience;
        this.files = files;
        this.batches = batches;
        this.reader = ControlReader.ofAll("batch-topic", consumer, topic, this::take);
    }

    public void start() {
        reader.start();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            FileRecords.idOf(record).ifPresent(files::forget);
            BatchRecords.idOf(record).ifPresent(batches::forget);
        } else {
            FileRecords.read(record).ifPresent(files::take);
            BatchRecords.read(record).ifPresent(batches::take);
        }
    }

    @Override
    public void write(StoredFile file) throws InterruptedException {
        send(FileRecords.write(file, topic, source));
    }

    @Override
    public void remove(FileId id) throws InterruptedException {
        send(FileRecords.remove(id, topic));
    }

    @Override
    public void write(BatchNews news) throws InterruptedException {
        send(BatchRecords.write(news, topic, source));
    }

    @Override
    public void remove(BatchId id) throws InterruptedException {
        for (ProducerRecord<byte[], byte[]> record : BatchRecords.remove(id, topic)) {
            send(record);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
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

    @Override
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
