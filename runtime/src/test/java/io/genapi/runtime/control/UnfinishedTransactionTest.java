package io.genapi.runtime.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a write that Kafka took in part, on the broker from Kafka's jars. */
class UnfinishedTransactionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void isEndedByItsWriterSoThatWhoReadsWhatIsCommittedGoesOn() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopic narrow = new NewTopic("narrow", 1, (short) 1).configs(Map.of("max.message.bytes", "200"));
            admin.createTopics(List.of(new NewTopic("wide", 1, (short) 1), narrow))
                    .all()
                    .get();
            TransactionalWriter writer = TransactionalWriter.open(() -> producer(kafka), "sole");
            List<ProducerRecord<byte[], byte[]>> records = List.of(
                    new ProducerRecord<>("wide", new byte[1]), new ProducerRecord<>("narrow", new byte[10_000]));

            assertThrows(LogUnavailableException.class, () -> writer.write(records, _ -> {}));
            writer.close();

            await().atMost(PATIENCE)
                    .until(() ->
                            end(admin, IsolationLevel.READ_COMMITTED) == end(admin, IsolationLevel.READ_UNCOMMITTED));
            assertEquals(2, end(admin, IsolationLevel.READ_UNCOMMITTED), "the record, and that it counts for nothing");
        }
    }

    /** Kafka itself would end its transactions after longer than the test waits. */
    private static Producer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        "sole",
                        "transaction.timeout.ms",
                        (int) PATIENCE.multipliedBy(10).toMillis(),
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static long end(Admin admin, IsolationLevel isolation) throws Exception {
        TopicPartition wide = new TopicPartition("wide", 0);
        return admin.listOffsets(Map.of(wide, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(wide)
                .get()
                .offset();
    }
}
