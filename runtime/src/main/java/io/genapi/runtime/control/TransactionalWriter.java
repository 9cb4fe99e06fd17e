package io.genapi.runtime.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Writes in transactions of one transactional id, which all processes share: Kafka ends what the one before has open, and
 * takes no commit of it any more (KIP-98, KIP-447, KIP-890). Not thread-safe.
 */
public final class TransactionalWriter implements SoleWriter {

    private final Producer<byte[], byte[]> producer;
    private final String transactionalId;

    private TransactionalWriter(Producer<byte[], byte[]> producer, String transactionalId) {
        this.producer = producer;
        this.transactionalId = transactionalId;
    }

    /**
     * @param producer with the transactional id, and not begun; the writer's own from here on
     * @throws LogUnavailableException if Kafka does not let it write so; the message says why
     */
    public static TransactionalWriter open(Producer<byte[], byte[]> producer, String transactionalId)
            throws InterruptedException {
        TransactionalWriter writer = new TransactionalWriter(producer, transactionalId);
        try {
            producer.initTransactions();
            return writer;
        } catch (KafkaException failure) {
            writer.close();
            throw writer.unavailable(passed(failure));
        }
    }

    @Override
    public Outcome write(List<ProducerRecord<byte[], byte[]>> records, LongConsumer place) throws InterruptedException {
        long first;
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                var _ = one.get();
            }
            first = sent.getFirst().get().offset();
        } catch (ExecutionException | KafkaException | IllegalStateException failure) {
            return uncommitted(failure instanceof KafkaException its ? passed(its) : failure);
        }
        place.accept(first);
        try {
            producer.commitTransaction();
            return new Outcome.Written(first + 1);
        } catch (KafkaException | IllegalStateException failure) {
            // Also of one that is fenced now: its commit may have been taken before, and its answer lost.
            return new Outcome.Unclear(first, failure instanceof KafkaException its ? passed(its) : failure);
        }
    }

    private Outcome uncommitted(Exception failure) {
        if (isOf(failure, AuthorizationException.class) || isOf(failure, RetriableException.class)) {
            throw unavailable(failure);
        }
        return new Outcome.Overtaken(failure);
    }

    private LogUnavailableException unavailable(Exception failure) {
        String reason = LogUnavailableException.rootOf(failure);
        if (isOf(failure, AuthorizationException.class)) {
            return new LogUnavailableException(
                    "Kafka does not let this process write in transactions of the transactional id '%s' (%s)"
                            .formatted(transactionalId, reason),
                    "Grant its principal Write and Describe on TransactionalId '%s', and Write on the topics"
                            .formatted(transactionalId),
                    failure);
        }
        if (isOf(failure, UnsupportedVersionException.class) || isOf(failure, InvalidTxnTimeoutException.class)) {
            return new LogUnavailableException(
                    "Kafka holds no transactions as they are needed for the transactional id '%s' (%s)"
                            .formatted(transactionalId, reason),
                    "Use brokers of version 2.5 or newer, and a transaction.max.timeout.ms of 10 s at least",
                    failure);
        }
        return new LogUnavailableException(
                "Kafka did not hold a transaction of the transactional id '%s' in time (%s)"
                        .formatted(transactionalId, reason),
                failure);
    }

    private static boolean isOf(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (type.isInstance(one)) {
                return true;
            }
        }
        return false;
    }

    private static KafkaException passed(KafkaException failure) throws InterruptedException {
        if (failure instanceof InterruptException) {
            var _ = Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while Kafka was waited for");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return failure;
    }

    /** What is open is left to whoever begins next, and to Kafka's time limit. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
