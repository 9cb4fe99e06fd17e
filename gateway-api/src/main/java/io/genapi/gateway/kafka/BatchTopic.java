package io.genapi.gateway.kafka;

import io.genapi.gateway.batch.BatchIndex;
import io.genapi.gateway.batch.BatchLog;
import io.genapi.gateway.file.FileIndex;
import io.genapi.gateway.file.FileLog;
import io.genapi.runtime.control.LogWriter;
import io.genapi.runtime.control.SharedLog;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.kafka.BatchRecords;
import io.genapi.schemas.kafka.FileRecords;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.springframework.kafka.core.KafkaTemplate;

/** {@code genapi.batches}, which each gateway reads whole. Thread-safe. */
public final class BatchTopic implements FileLog, BatchLog, AutoCloseable {

    private final SharedLog log;
    private final LogWriter writer;
    private final String topic;
    private final String source;
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
        this.topic = topic;
        this.source = source;
        this.files = files;
        this.batches = batches;
        this.log = new SharedLog(
                "batch-topic", admin, consumer, topic, IsolationLevel.READ_UNCOMMITTED, patience, this::take);
        this.writer = new LogWriter(producer, log, patience);
    }

    public void start() {
        log.start();
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
        writer.write(FileRecords.write(file, topic, source));
    }

    @Override
    public void remove(FileId id) throws InterruptedException {
        writer.write(FileRecords.remove(id, topic));
    }

    @Override
    public void write(BatchNews news) throws InterruptedException {
        writer.write(BatchRecords.write(news, topic, source));
    }

    @Override
    public void remove(BatchId id) throws InterruptedException {
        for (ProducerRecord<byte[], byte[]> record : BatchRecords.remove(id, topic)) {
            writer.write(record);
        }
    }

    @Override
    public void catchUp() throws InterruptedException {
        log.catchUp();
    }

    @Override
    public void close() {
        log.close();
    }
}
