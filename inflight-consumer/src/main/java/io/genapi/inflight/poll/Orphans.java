package io.genapi.inflight.poll;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What goes on running after its partition has gone, remembered should the partition come back; for each partition at
 * most what it may have running. Poll thread only.
 */
final class Orphans<K, V> {

    private final Map<TopicPartition, Map<Long, Running<K, V>>> known = new HashMap<>();

    void add(Collection<Running<K, V>> left) {
        for (Running<K, V> running : left) {
            running.orphan();
            known.computeIfAbsent(running.partition(), any -> new HashMap<>()).put(running.offset(), running);
        }
    }

    /** Those of the partition that still run. */
    List<Running<K, V>> running(TopicPartition partition) {
        return known.getOrDefault(partition, Map.of()).values().stream()
                .filter(orphan -> !orphan.isFinished())
                .toList();
    }

    /** That very record, if it was started in an earlier assignment of its partition; forgotten if it is finished. */
    @Nullable
    Running<K, V> find(TopicPartition partition, Held<K, V> read) {
        Running<K, V> orphan = known.getOrDefault(partition, Map.of()).get(read.offset());
        if (orphan == null) {
            return null;
        }
        if (orphan.isFinished()) {
            forget(orphan);
        }
        return orphan.isSameAs(read.record()) ? orphan : null;
    }

    void forget(Running<K, V> orphan) {
        known.computeIfPresent(orphan.partition(), (partition, ofPartition) -> {
            ofPartition.remove(orphan.offset(), orphan);
            return ofPartition.isEmpty() ? null : ofPartition;
        });
    }

    /** No record that is read from now on is one of them. */
    void forgetAll(TopicPartition partition) {
        known.remove(partition);
    }

    /** Nobody will read again what lies before that offset. */
    void forgetFinishedBefore(TopicPartition partition, long offset) {
        known.computeIfPresent(partition, (any, ofPartition) -> {
            ofPartition.values().removeIf(orphan -> orphan.isFinished() && orphan.offset() < offset);
            return ofPartition.isEmpty() ? null : ofPartition;
        });
    }
}
