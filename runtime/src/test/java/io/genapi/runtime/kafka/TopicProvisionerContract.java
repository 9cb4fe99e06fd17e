package io.genapi.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What must hold on any Kafka. */
abstract class TopicProvisionerContract {

    private static final Duration RETENTION = Duration.ofDays(2);

    abstract String bootstrapServers();

    @Test
    void createsEveryTopicAsConfigured() throws Exception {
        KafkaSettings settings = settings("created", 5);
        ProvisionedTopics topics = TopicProvisioner.provision(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            assertEquals(5, partitions(admin, topics.names().results()));
            assertEquals(1, partitions(admin, topics.names().control()));
            assertEquals(
                    Long.toString(RETENTION.toMillis()),
                    config(admin, topics.names().results(), "retention.ms"));
        }
    }

    @Test
    void theControlTopicIsCompactedAndKeptAsLongAsRequests() throws Exception {
        KafkaSettings settings = settings("control", 2);
        TopicProvisioner.provision(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            assertCompacted(admin, settings.topics().control());
        }
    }

    @Test
    void aControlTopicOfAnOlderVersionIsBroughtToItsPolicyAndAnOperatorsOwnSettingsStay() throws Exception {
        KafkaSettings settings = settings("older", 2);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(
                            topic(settings.topics().control(), 1, Map.of("retention.ms", "3600000")),
                            topic(settings.topics().results(), 2, Map.of("retention.ms", "7200000"))))
                    .all()
                    .get();
            TopicProvisioner.provision(settings);
            assertCompacted(admin, settings.topics().control());
            assertEquals("7200000", config(admin, settings.topics().results(), "retention.ms"));
        }
    }

    private static void assertCompacted(Admin admin, String control) throws Exception {
        assertEquals("compact,delete", config(admin, control, "cleanup.policy"));
        assertEquals(Long.toString(RETENTION.toMillis()), config(admin, control, "retention.ms"));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configs) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
    }

    private static String config(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .get(name)
                .value();
    }

    @Test
    void manyProcessesMayDoItAtOnce() throws Exception {
        KafkaSettings settings = settings("together", 3);
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProvisionedTopics>> all = IntStream.range(0, 5)
                    .mapToObj(_ -> processes.submit(() -> TopicProvisioner.provision(settings)))
                    .toList();
            Set<ProvisionedTopics> seen = new HashSet<>();
            for (Future<ProvisionedTopics> one : all) {
                seen.add(one.get());
            }
            assertEquals(1, seen.size());
            ProvisionedTopics topics = seen.iterator().next();
            assertEquals(settings.topics(), topics.names());
            assertEquals(3, topics.partitions());
            assertFalse(topics.cluster().isBlank());
        }
    }

    @Test
    void everyPartitionTakesRecordsInOrderFromThenOn() throws Exception {
        ProvisionedTopics topics = TopicProvisioner.provision(settings("ordered", 8));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "acks", "all", "batch.size", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = IntStream.range(0, 80)
                    .mapToObj(number -> producer.send(
                            new ProducerRecord<>(topics.names().results(), number % 8, null, new byte[1])))
                    .toList();
            for (int number = 0; number < sent.size(); number++) {
                assertEquals(number / 8, sent.get(number).get().offset());
            }
        }
    }

    @Test
    void refusesTopicsThatContradictTheSettings() {
        TopicProvisioner.provision(settings("contradicted", 3));
        TopicsUnavailableException refused = assertThrows(
                TopicsUnavailableException.class, () -> TopicProvisioner.provision(settings("contradicted", 7)));
        assertTrue(String.valueOf(refused.getMessage()).contains("has 3 partitions, but genapi.kafka.partitions is 7"));
    }

    @Test
    void knowsAlsoTheParkedTopicsOfVendorsThatAreNoMore() throws Exception {
        KafkaSettings settings = settings("parked", 3);
        VendorName gone = new VendorName("gone");
        VendorName there = new VendorName("there");
        assertEquals(Set.of(gone), TopicProvisioner.provisionParked(settings, List.of(gone)));
        assertEquals(Set.of(gone, there), TopicProvisioner.provisionParked(settings, List.of(there)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            assertEquals(3, partitions(admin, settings.topics().parked(there)));
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private KafkaSettings settings(String prefix, int partitions) {
        return new KafkaSettings(bootstrapServers(), prefix, partitions, (short) -1, RETENTION, Map.of());
    }
}
