package io.genapi.runtime.kafka;

import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics that the settings ask for. */
final class TopicPlan {

    private static final Duration DELTAS_RETENTION = Duration.ofHours(1);
    private static final Duration CONTROL_RETENTION = Duration.ofHours(1);
    private static final Duration DEAD_LETTERS_RETENTION = Duration.ofDays(14);

    private TopicPlan() {}

    static List<NewTopic> of(KafkaSettings settings) {
        TopicNames names = settings.topics();
        List<NewTopic> plan = new ArrayList<>();
        for (String requests : names.requests()) {
            plan.add(topic(settings, requests, settings.partitions(), settings.retention()));
        }
        plan.add(topic(settings, names.results(), settings.partitions(), settings.retention()));
        plan.add(topic(settings, names.events(), settings.partitions(), settings.retention()));
        plan.add(topic(settings, names.deltas(), settings.partitions(), DELTAS_RETENTION));
        plan.add(topic(settings, names.control(), 1, CONTROL_RETENTION));
        plan.add(topic(settings, names.deadLetters(), 1, DEAD_LETTERS_RETENTION));
        return plan;
    }

    private static NewTopic topic(KafkaSettings settings, String name, int partitions, Duration retention) {
        Optional<Short> replicas = Optional.of(settings.replicationFactor()).filter(factor -> factor > 0);
        return new NewTopic(name, Optional.of(partitions), replicas)
                .configs(Map.of(
                        "retention.ms", Long.toString(retention.toMillis()),
                        "max.message.bytes", Integer.toString(KafkaSettings.MAX_RECORD_BYTES)));
    }
}
