package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.KafkaNode;
import io.genapi.systemtests.deploy.ComposeFile.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;

/** The brokers' settings, read as Kafka's image and then Kafka itself read them. */
final class KafkaClusterTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final ComposeFile COMPOSE = ComposeFile.read(REPOSITORY, Map.of());

    @Test
    void brokersAreOfTheVersionThatTheCodeIsBuiltAgainst() {
        COMPOSE.brokers()
                .forEach(broker -> assertEquals(
                        "apache/kafka:" + REPOSITORY.property("kafka.version"), broker.text("image"), broker.name()));
    }

    @Test
    void kafkaKnowsEverySettingAndAcceptsItsValue() {
        for (Service broker : COMPOSE.brokers()) {
            Map<String, String> properties = properties(broker);
            assertEquals(List.of(), unknown(properties), broker.name());
            assertEquals(List.of("broker", "controller"), new KafkaConfig(properties, false).getList("process.roles"));
        }
    }

    @Test
    void brokersFormOneClusterOfThreeThatReachEachOtherByName() {
        assertEquals(3, COMPOSE.brokers().size());
        String voters = COMPOSE.brokers().stream()
                .map(broker -> properties(broker).get("node.id") + "@" + broker.name() + ":9093")
                .collect(Collectors.joining(","));
        for (Service broker : COMPOSE.brokers()) {
            Map<String, String> properties = properties(broker);
            assertEquals(broker.name(), broker.text("hostname"));
            assertEquals(voters, properties.get("controller.quorum.voters"));
            assertEquals("PLAINTEXT://" + broker.name() + ":9092", properties.get("advertised.listeners"));
            assertEquals(broker.name(), broker.mounts().getFirst().source());
            assertEquals(properties.get("log.dirs"), broker.mounts().getFirst().target());
        }
        assertEquals(
                1,
                COMPOSE.brokers().stream()
                        .map(broker -> Uuid.fromString(
                                broker.node().at("/environment/CLUSTER_ID").asString()))
                        .distinct()
                        .count());
    }

    @Test
    void anAcknowledgedRecordSurvivesTheLossOfABroker() {
        for (Service broker : COMPOSE.brokers()) {
            KafkaConfig config = new KafkaConfig(properties(broker), false);
            assertEquals(3, config.getInt("default.replication.factor"));
            assertEquals(2, config.getInt("min.insync.replicas"));
            assertEquals((short) 3, config.getShort("offsets.topic.replication.factor"));
        }
    }

    @Test
    void brokersTakeTheSameRecordsAsTheEmbeddedOne() {
        for (Service broker : COMPOSE.brokers()) {
            KafkaConfig config = new KafkaConfig(properties(broker), false);
            assertEquals(KafkaNode.MAX_MESSAGE_BYTES, config.getInt("message.max.bytes"));
            assertEquals(KafkaNode.MAX_MESSAGE_BYTES, config.getInt("replica.fetch.max.bytes"));
            assertEquals(false, config.getBoolean("auto.create.topics.enable"));
        }
    }

    @Test
    void aConsumerMayMissSomeHeartbeatsButNotForLong() {
        for (Service broker : COMPOSE.brokers()) {
            KafkaConfig config = new KafkaConfig(properties(broker), false);
            int session = config.getInt("group.consumer.session.timeout.ms");
            assertTrue(session >= 3 * config.getInt("group.consumer.heartbeat.interval.ms"), broker.name());
            assertTrue(session <= 30_000, broker.name());
        }
    }

    private static List<String> unknown(Map<String, String> properties) {
        return properties.keySet().stream()
                .filter(name -> !AbstractKafkaConfig.CONFIG_DEF.names().contains(name))
                .toList();
    }

    /** What the image makes of its environment: {@code KAFKA_LOG_DIRS} is {@code log.dirs}; the launcher's own stay out. */
    private static Map<String, String> properties(Service broker) {
        Map<String, String> properties = new TreeMap<>();
        broker.node()
                .path("environment")
                .propertyStream()
                .filter(variable -> variable.getKey().startsWith("KAFKA_")
                        && !variable.getKey().endsWith("_OPTS"))
                .forEach(variable -> properties.put(
                        variable.getKey()
                                .substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        variable.getValue().asString()));
        return properties;
    }
}
