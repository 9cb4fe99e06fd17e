package io.genapi.inflight.poll;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;

/**
 * Tells a topic from another one that had its name before, which neither records nor commits do
 * (<a href="https://cwiki.apache.org/confluence/x/xwZ4CQ">KIP-516</a>).
 */
@FunctionalInterface
public interface TopicIds {

    /** Nothing is known of any topic, so every commit counts as its own. */
    TopicIds UNKNOWN = topics -> CompletableFuture.completedFuture(Map.of());

    /** Returns at once; completes with the ids of those topics that exist, as they are after the call. */
    CompletableFuture<Map<String, Uuid>> lookUp(Set<String> topics);
}
