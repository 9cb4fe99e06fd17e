package io.genapi.worker.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Hands a record to Kafka; the future fails, or the call does, if Kafka does not take it. Thread-safe. */
@FunctionalInterface
public interface RecordSender {

    CompletableFuture<?> send(ProducerRecord<byte[], byte[]> record);
}
