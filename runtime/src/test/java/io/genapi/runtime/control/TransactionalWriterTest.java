package io.genapi.runtime.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.control.SoleWriter.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionalWriterTest {

    private static final String ID = "genapi-webhook-endpoints";

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Long> places = new ArrayList<>();

    private static List<ProducerRecord<byte[], byte[]>> records() {
        return List.of(new ProducerRecord<>("endpoints", new byte[1]), new ProducerRecord<>("standings", new byte[1]));
    }

    private Outcome written() throws InterruptedException {
        return TransactionalWriter.open(() -> producer, ID).write(records(), places::add);
    }

    private LogUnavailableException refused(KafkaException reason) {
        producer.initTransactionException = reason;
        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, () -> TransactionalWriter.open(() -> producer, ID));
        assertTrue(producer.closed());
        return refused;
    }

    @Test
    void writesAllOfItInOneTransactionAndTellsWhereBefore() throws Exception {
        assertEquals(new Outcome.Written(1), written());

        assertEquals(records().size(), producer.history().size());
        assertEquals(1, producer.commitCount());
        assertEquals(List.of(0L), places);
    }

    @Test
    void isOvertakenWhereAnotherHasBegun() throws Exception {
        TransactionalWriter writer = TransactionalWriter.open(() -> producer, ID);
        producer.fenceProducer();

        assertInstanceOf(Outcome.Overtaken.class, writer.write(records(), places::add));
        assertEquals(List.of(), places);
    }

    @Test
    void doesNotKnowWhatBecameOfACommitThatFailed() throws Exception {
        producer.commitTransactionException = new TimeoutException("no answer");

        Outcome.Unclear unclear = assertInstanceOf(Outcome.Unclear.class, written());

        assertEquals(0, unclear.offset());
        assertEquals(List.of(0L), places);
    }

    @Test
    void namesTheTransactionalIdAndThePermissionThatItLacks() {
        LogUnavailableException refused = refused(new TransactionalIdAuthorizationException("no"));

        assertEquals(
                "Kafka does not let this process write in transactions of the transactional id 'genapi-webhook-endpoints'"
                        + " (TransactionalIdAuthorizationException)",
                refused.getMessage());
        assertEquals(
                "Grant its principal Write and Describe on TransactionalId 'genapi-webhook-endpoints', and Write on the topics",
                refused.remedy());
    }

    @Test
    void saysSoWhereItMayNotWriteToATopic() throws Exception {
        TransactionalWriter writer = TransactionalWriter.open(() -> producer, ID);
        producer.sendException = new TopicAuthorizationException("endpoints");

        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, () -> writer.write(records(), places::add));

        assertTrue(refused.remedy().contains("Write on the topics"), refused::remedy);
        assertFalse(producer.transactionCommitted());
    }

    @Test
    void tellsOfBrokersThatHoldNoTransactions() {
        assertTrue(refused(new UnsupportedVersionException("old")).remedy().contains("2.5"));
    }

    @Test
    void tellsOfBrokersThatDoNotAnswer() {
        assertTrue(refused(new TimeoutException("slow")).remedy().contains("genapi.kafka.bootstrap-servers"));
    }

    @Test
    void tellsThatNoProducerCanBeMade() {
        LogUnavailableException refused = assertThrows(
                LogUnavailableException.class,
                () -> TransactionalWriter.open(
                        () -> {
                            throw new KafkaException(
                                    "no producer", new ConfigException("No resolvable bootstrap urls"));
                        },
                        ID));

        assertTrue(refused.remedy().contains("genapi.kafka.bootstrap-servers"), refused::remedy);
        assertTrue(String.valueOf(refused.getMessage()).contains("ConfigException"), refused::getMessage);
    }

    @Test
    void isOvertakenByNothingButWhoBeginsOrWhoEndsItsTransaction() throws Exception {
        for (RuntimeException reason : List.of(
                new ProducerFencedException("another has begun"),
                new InvalidProducerEpochException("another has begun"),
                new InvalidPidMappingException("long ago"),
                new TransactionAbortableException("ended"),
                new InvalidTxnStateException("ended"),
                new KafkaException("in an error state", new ProducerFencedException("another has begun")))) {
            TransactionalWriter writer = TransactionalWriter.open(() -> fresh(reason), ID);
            assertInstanceOf(Outcome.Overtaken.class, writer.write(records(), places::add), reason::toString);
        }
        TransactionalWriter writer = TransactionalWriter.open(() -> fresh(new RecordTooLargeException("too much")), ID);
        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, () -> writer.write(records(), places::add));
        assertTrue(String.valueOf(refused.getMessage()).contains("RecordTooLargeException"), refused::getMessage);
    }

    private static MockProducer<byte[], byte[]> fresh(RuntimeException reason) {
        MockProducer<byte[], byte[]> fresh =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        fresh.sendException = reason;
        return fresh;
    }

    @Test
    void passesOnThatItIsInterrupted() throws Exception {
        TransactionalWriter writer = TransactionalWriter.open(() -> producer, ID);
        producer.commitTransactionException = new InterruptException("stopping");

        assertThrows(InterruptedException.class, () -> writer.write(records(), places::add));
    }
}
