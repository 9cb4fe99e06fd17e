package io.genapi.inflight;

import io.genapi.inflight.poll.TopicIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka, with the consumer's own connection properties. Reading a topic includes the right to do that. */
final class AdminTopicIds implements TopicIds, AutoCloseable {

    private final Admin admin;

    AdminTopicIds(Map<String, Object> consumerProperties) {
        Map<String, Object> properties = new HashMap<>(consumerProperties);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.computeIfPresent(AdminClientConfig.CLIENT_ID_CONFIG, (_, id) -> id + "-topics");
        admin = Admin.create(properties);
    }

    @Override
    public CompletableFuture<Map<String, Uuid>> lookUp(Set<String> topics) {
        Map<String, Uuid> ids = new ConcurrentHashMap<>();
        CompletableFuture<?>[] answers = admin.describeTopics(topics).topicNameValues().values().stream()
                .map(answer -> answer.toCompletionStage().toCompletableFuture())
                .map(answer -> answer.handle((topic, failure) -> {
                    note(topic, failure, ids);
                    return true;
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).thenApply(_ -> Map.copyOf(ids));
    }

    @SuppressWarnings("NullAway") // Either the topic or the failure is null.
    private static void note(TopicDescription topic, Throwable failure, Map<String, Uuid> ids) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
                ids.put(topic.name(), topic.topicId());
            }
        } else if (!(cause instanceof UnknownTopicOrPartitionException)) {
            throw new CompletionException(cause);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
