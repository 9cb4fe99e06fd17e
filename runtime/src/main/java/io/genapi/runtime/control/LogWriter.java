package io.genapi.runtime.control;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Adds to a shared log what hangs on nothing that lies there: of two records of one key that are written at once, the later
 * one counts. Thread-safe.
 */
public final class LogWriter {

    private final KafkaTemplate<byte[], byte[]> producer;
    private final SharedLog log;
    private final Duration patience;

    /** @param patience of the producer for one record; a write takes at most twice that */
    public LogWriter(KafkaTemplate<byte[], byte[]> producer, SharedLog log, Duration patience) {
        this.producer = producer;
        this.log = log;
        this.patience = patience;
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
            log.awaitTaken(offset + 1);
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                | org.springframework.kafka.KafkaException failure) {
            throw LogUnavailableException.of("topic '%s' did not confirm a record".formatted(record.topic()), failure);
        }
    }
}
