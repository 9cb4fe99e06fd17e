package io.genapi.runtime.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an existing topic to how it must be cleaned up: an older version made it otherwise, and the broker relies on it.
 * Topics of which the plan does not say that keep what their operator gave them.
 */
final class TopicPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(TopicPolicy.class);
    private static final String CLEANUP = "cleanup.policy";

    private TopicPolicy() {}

    /** @throws TopicsUnavailableException if Kafka does not let this process change the topic */
    static void apply(Admin admin, List<NewTopic> plan, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (NewTopic planned : plan) {
            if (planned.configs().containsKey(CLEANUP)) {
                apply(admin, planned, patience);
            }
        }
    }

    private static void apply(Admin admin, NewTopic planned, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, planned.name());
        Config existing = admin.describeConfigs(List.of(topic))
                .all()
                .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .iterator()
                .next();
        Map<String, String> different = planned.configs().entrySet().stream()
                .filter(entry -> !isSet(existing, entry.getKey(), entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (different.isEmpty()) {
            return;
        }
        List<AlterConfigOp> changes = different.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(topic, changes)).all().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            LOG.atInfo()
                    .addKeyValue("topic", planned.name())
                    .addKeyValue("configs", different)
                    .log("An existing topic was given the configuration that it needs");
        } catch (ExecutionException refused) {
            throw TopicsUnavailableException.unaltered(planned.name(), different, refused);
        }
    }

    private static boolean isSet(Config existing, String name, String value) {
        ConfigEntry entry = existing.get(name);
        return entry != null && value.equals(entry.value());
    }
}
