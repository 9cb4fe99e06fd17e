package io.genapi.runtime.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes in transactions of one transactional id, which all processes share: Kafka ends what the one before has open, and
 * takes no commit of it any more (KIP-98, KIP-447, KIP-890). Not thread-safe.
 */
public final class TransactionalWriter implements SoleWriter {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriter.class);

    /** For ending a transaction of which Kafka has taken a part. */
    private static final Duration LONGEST_ABORT = Duration.ofSeconds(2);

    private static final List<Class<? extends Exception>> OVERTAKEN = List.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            TransactionAbortableException.class,
            InvalidTxnStateException.class,
            IllegalStateException.class);

    private final Producer<byte[], byte[]> producer;
    private final String transactionalId;
    private boolean leavesPart;

    private TransactionalWriter(Producer<byte[], byte[]> producer, String transactionalId) {
        this.producer = producer;
        this.transactionalId = transactionalId;
    }

    /**
     * @param making of a producer with the transactional id, which is not begun, and the writer's own
     * @throws LogUnavailableException if Kafka does not let it write so; the message says why
     */
    public static TransactionalWriter open(Supplier<Producer<byte[], byte[]>> making, String transactionalId)
            throws InterruptedException {
        Producer<byte[], byte[]> producer;
        try {
            producer = making.get();
        } catch (KafkaException failure) {
            throw unavailable(transactionalId, passed(failure));
        }
        TransactionalWriter writer = new TransactionalWriter(producer, transactionalId);
        try {
            producer.initTransactions();
            return writer;
        } catch (KafkaException failure) {
            writer.close();
            throw unavailable(transactionalId, passed(failure));
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
        if (OVERTAKEN.stream().anyMatch(type -> isOf(failure, type))) {
            return new Outcome.Overtaken(failure);
        }
        leavesPart = true;
        throw unavailable(transactionalId, failure);
    }

    private static LogUnavailableException unavailable(String transactionalId, Exception failure) {
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
        String message =
                "Kafka takes no transaction of the transactional id '%s' (%s)".formatted(transactionalId, reason);
        return isOf(failure, RetriableException.class) || isOf(failure, ConfigException.class)
                ? new LogUnavailableException(message, failure)
                : new LogUnavailableException(message, "Look into the logs of the brokers for the reason", failure);
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

    /**
     * Ends what a write has left open that failed, for it would hold up all who read what is committed. What is open of others is
     * left to whoever begins next, and to Kafka's time limit.
     */
    @Override
    public void close() {
        try {
            // With time to do so, a producer ends its transaction before it closes.
            producer.close(leavesPart ? LONGEST_ABORT : Duration.ZERO);
        } catch (KafkaException failure) {
            LOG.debug("A producer of the transactional id '{}' was not closed in good order", transactionalId, failure);
        }
    }
}
