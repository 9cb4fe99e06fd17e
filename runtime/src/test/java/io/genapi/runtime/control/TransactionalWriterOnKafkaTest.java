package io.genapi.runtime.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import io.genapi.runtime.control.SoleWriter.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that may write, on a broker that knows who may. */
class TransactionalWriterOnKafkaTest {

    private static final String ID = "genapi-webhook-endpoints";
    private static final String TOPIC = "log";

    private EmbeddedKafka kafka;
    private Admin admin;
    private SharedLog log;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        kafka = EmbeddedKafka.start(
                KafkaNode.single(data, EmbeddedKafka.freePort(), EmbeddedKafka.freePort()),
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found",
                        "true"));
        admin = Admin.create(client());
        admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                .all()
                .get();
        log = new SharedLog(
                "test",
                Admin.create(client()),
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                TOPIC,
                IsolationLevel.READ_UNCOMMITTED,
                Duration.ofSeconds(30),
                record -> taken.add(new String(record.value(), UTF_8)));
        log.start();
    }

    @AfterEach
    void stop() {
        log.close();
        admin.close();
        kafka.close();
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", ID),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private TransactionalWriter writer() throws InterruptedException {
        return TransactionalWriter.open(this::producer, ID);
    }

    private Outcome write(SoleWriter writer, String text) throws InterruptedException {
        return writer.write(List.of(new ProducerRecord<>(TOPIC, text.getBytes(UTF_8))), log::expect);
    }

    @Test
    void writesUntilAnotherOneBeginsAndNoMoreThen() throws Exception {
        try (TransactionalWriter one = writer()) {
            assertInstanceOf(Outcome.Written.class, write(one, "a"));
            assertInstanceOf(Outcome.Written.class, write(one, "b"));
            try (TransactionalWriter other = writer()) {
                assertFalse(write(one, "lost") instanceof Outcome.Written);
                Outcome.Written written = assertInstanceOf(Outcome.Written.class, write(other, "c"));

                log.awaitTaken(written.end());
                assertEquals(List.of("a", "b", "c"), taken);
                assertTrue(log.hasTaken(written.end() - 1));
            }
        }
    }

    @Test
    void aTransactionThatIsOvertakenIsSeenByNobodyAndInNobodysWay() throws Exception {
        try (Producer<byte[], byte[]> slow = producer()) {
            slow.initTransactions();
            slow.beginTransaction();
            long open = slow.send(new ProducerRecord<>(TOPIC, "half done".getBytes(UTF_8)))
                    .get()
                    .offset();
            log.expect(open);
            try (TransactionalWriter other = writer()) {
                log.catchUp();

                assertFalse(log.hasTaken(open));
                assertEquals(List.of(), taken);
                assertInstanceOf(Outcome.Written.class, write(other, "done"));
                slow.close(Duration.ZERO);
            }
        }
        log.catchUp();
        assertEquals(List.of("done"), taken);
    }

    @Test
    void saysWhichPermissionIsMissing() throws Exception {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, ID, PatternType.LITERAL),
                        new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY))))
                .all()
                .get();

        LogUnavailableException refused = assertThrows(LogUnavailableException.class, this::writer);

        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("'genapi-webhook-endpoints' (TransactionalIdAuthorizationException)"),
                refused::getMessage);
        assertTrue(refused.remedy().startsWith("Grant its principal Write and Describe on TransactionalId"));
    }
}
