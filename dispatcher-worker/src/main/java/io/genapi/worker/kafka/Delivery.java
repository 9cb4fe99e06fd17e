package io.genapi.worker.kafka;

import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What came of handing one record to Kafka. */
sealed interface Delivery {

    /** All in-sync replicas have it. */
    record Acknowledged() implements Delivery {}

    /** No waiting will change that Kafka does not take it. */
    record Impossible(String reason) implements Delivery {}

    /** It exceeds what a record may have. */
    record TooLarge() implements Delivery {}

    /** Kafka may take it later. */
    record Failed(String reason) implements Delivery {}

    /** Waits until it is known; the producer's own retries are over then. */
    static Delivery of(RecordSender sender, ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            sender.send(record).get();
            return new Acknowledged();
        } catch (ExecutionException failure) {
            return classify(failure);
        } catch (KafkaException | org.springframework.kafka.KafkaException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while handing a record to Kafka");
            }
            return classify(failure);
        }
    }

    private static Delivery classify(Throwable failure) {
        if (causes(failure).anyMatch(RecordTooLargeException.class::isInstance)) {
            return new TooLarge();
        }
        Throwable root = causes(failure).reduce(failure, (_, last) -> last);
        return switch (root) {
            case UnknownTopicOrPartitionException _, InvalidTopicException _, AuthorizationException _ ->
                new Impossible(root.toString());
            default -> new Failed(root.toString());
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
