package io.genapi.runtime.kafka;

import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics that the settings ask for. */
final class TopicPlan {

    private static final Duration DELTAS_RETENTION = Duration.ofHours(1);
    private static final Duration DELTAS_SEGMENT = Duration.ofMinutes(10);
    private static final Duration CONTROL_SEGMENT = Duration.ofMinutes(10);
    private static final int CONTROL_SEGMENT_BYTES = 16 * 1024 * 1024;
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
        plan.add(deltas(settings, names.deltas()));
        plan.add(control(settings, names.control()));
        plan.add(compacted(settings, names.batches()));
        plan.add(compacted(settings, names.webhookEndpoints()));
        plan.add(compacted(settings, names.webhookStandings()));
        plan.add(topic(settings, names.webhookEvents(), settings.partitions(), settings.webhookRetention()));
        plan.add(topic(settings, names.webhooks(), settings.partitions(), settings.webhookRetention()));
        plan.add(topic(settings, names.webhookAttempts(), settings.partitions(), settings.webhookRetention()));
        plan.add(topic(settings, names.deadLetters(), 1, DEAD_LETTERS_RETENTION, KafkaSettings.MAX_LETTER_BYTES));
        return plan;
    }

    /** Kept for whoever reads a stream once more; without segments that short a busy partition would grow to a GiB. */
    private static NewTopic deltas(KafkaSettings settings, String name) {
        NewTopic topic = topic(settings, name, settings.partitions(), DELTAS_RETENTION);
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put("segment.ms", Long.toString(DELTAS_SEGMENT.toMillis()));
        return topic.configs(configs);
    }

    /**
     * A worker reads it from its beginning, for a cancellation counts as long as the request that it is about may lie in
     * Kafka. Heartbeats would make that long: compaction keeps the last of each process, and only of closed segments.
     */
    private static NewTopic control(KafkaSettings settings, String name) {
        NewTopic topic = topic(settings, name, 1, settings.retention());
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put("cleanup.policy", "compact,delete");
        configs.put("segment.ms", Long.toString(CONTROL_SEGMENT.toMillis()));
        configs.put("segment.bytes", Integer.toString(CONTROL_SEGMENT_BYTES));
        configs.put("min.cleanable.dirty.ratio", "0.1");
        return topic.configs(configs);
    }

    /** Read from its beginning, for as long as there is a file, a batch or an endpoint of which it tells. */
    private static NewTopic compacted(KafkaSettings settings, String name) {
        NewTopic topic = topic(settings, name, 1, settings.retention());
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put("cleanup.policy", "compact");
        configs.put("segment.ms", Long.toString(CONTROL_SEGMENT.toMillis()));
        configs.put("segment.bytes", Integer.toString(CONTROL_SEGMENT_BYTES));
        configs.put("min.cleanable.dirty.ratio", "0.1");
        return topic.configs(configs);
    }

    /** Where the jobs of each vendor rest: as the requests that they are. */
    static List<NewTopic> parked(KafkaSettings settings, Collection<VendorName> vendors) {
        return vendors.stream()
                .map(vendor -> settings.topics().parked(vendor))
                .map(name -> topic(settings, name, settings.partitions(), settings.retention()))
                .toList();
    }

    private static NewTopic topic(KafkaSettings settings, String name, int partitions, Duration retention) {
        return topic(settings, name, partitions, retention, KafkaSettings.MAX_RECORD_BYTES);
    }

    private static NewTopic topic(
            KafkaSettings settings, String name, int partitions, Duration retention, int maxBytes) {
        Optional<Short> replicas = Optional.of(settings.replicationFactor()).filter(factor -> factor > 0);
        return new NewTopic(name, Optional.of(partitions), replicas)
                .configs(Map.of(
                        "retention.ms", Long.toString(retention.toMillis()),
                        "max.message.bytes", Integer.toString(maxBytes)));
    }
}
