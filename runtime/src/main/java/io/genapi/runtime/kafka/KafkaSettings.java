package io.genapi.runtime.kafka;

import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is and how the broker's topics are laid out: {@code genapi.kafka.*}.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param topicPrefix what all topic names begin with
 * @param partitions of every topic that is keyed by job id; 1 to 1000; cannot be changed once the topics exist
 * @param replicationFactor of new topics; -1 for the cluster's default
 * @param retention how long requests, events and results are kept
 * @param properties for every client as they are: security settings and the like
 */
@ConfigurationProperties("genapi.kafka")
public record KafkaSettings(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @DefaultValue("genapi") String topicPrefix,
        @DefaultValue("24") int partitions,
        @DefaultValue("-1") short replicationFactor,
        @DefaultValue("48h") Duration retention,
        @DefaultValue Map<String, String> properties) {

    /** The largest record, in bytes: a 10 MiB body, its headers and some room. */
    public static final int MAX_RECORD_BYTES = 12 * 1024 * 1024;

    /** The largest dead letter, in bytes as it lies in Kafka: the largest record, and why it was put away. */
    public static final int MAX_LETTER_BYTES = MAX_RECORD_BYTES + 64 * 1024;

    /** Retries go on for three days; who sends them may be away for as long. */
    private static final Duration SHORTEST_WEBHOOK_RETENTION = Duration.ofDays(3);

    public KafkaSettings {
        if (partitions < 1 || partitions > 1000) {
            throw new IllegalArgumentException(
                    "genapi.kafka.partitions is " + partitions + "; set it to a number from 1 to 1000");
        }
        properties = Map.copyOf(properties);
    }

    public TopicNames topics() {
        return new TopicNames(topicPrefix);
    }

    /** How long events, deliveries and attempts are kept: as long as {@link #retention()}, but three days at least. */
    public Duration webhookRetention() {
        return retention.compareTo(SHORTEST_WEBHOOK_RETENTION) > 0 ? retention : SHORTEST_WEBHOOK_RETENTION;
    }

    /** What every client of this process begins with. The map is the caller's own. */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        client.put("client.id", clientId);
        return client;
    }

    /** For consumers that take records of any allowed size. The map is the caller's own. */
    public Map<String, Object> consumerProperties(String clientId) {
        Map<String, Object> consumer = clientProperties(clientId);
        consumer.put("enable.auto.commit", false);
        consumer.put("max.partition.fetch.bytes", MAX_RECORD_BYTES);
        consumer.put("allow.auto.create.topics", false);
        return consumer;
    }
}
