package io.genapi.inflight.poll;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What this consumer has in hand: the records that it started, until they are given back or a commit that Kafka took is
 * past them. Another member that claims a partition is told of them, and fences it: nothing more of it starts here. Both
 * are one step, so that nothing can start between the answer and the fence.
 *
 * <p>Kafka takes a commit only of a member that owns its partitions. So one that was sent after a claim and is taken shows
 * that the claim was out of date or a mistake, and the fence falls.
 *
 * <p>Thread-safe, and never waits for Kafka. Holds for each partition no more than its window spans.
 */
final class Custody {

    /** Whether starts are held up, and whether the proof that they need not be is on its way. */
    private enum Fence {
        NONE,
        RAISED,
        PROBED
    }

    private static final class Hands {

        /** By offset, whether it is finished. */
        private final TreeMap<Long, Boolean> started = new TreeMap<>();

        private Fence fence = Fence.NONE;
    }

    private final Map<TopicPartition, Hands> known = new HashMap<>();

    /** A record is to start; false if it must not. */
    synchronized boolean take(TopicPartition partition, long offset) {
        Hands hands = hands(partition);
        if (hands.fence != Fence.NONE) {
            return false;
        }
        hands.started.put(offset, false);
        return true;
    }

    /** It ended. */
    synchronized void finished(TopicPartition partition, long offset) {
        hands(partition).started.replace(offset, true);
    }

    /** It ended, and is anybody's to run again. */
    synchronized void giveBack(TopicPartition partition, long offset) {
        hands(partition).started.remove(offset);
    }

    /** Another member claims the partitions. Returns what of them is in hand. */
    synchronized Map<TopicPartition, Set<Long>> cede(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Set<Long>> inHand = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Hands hands = hands(partition);
            hands.fence = Fence.RAISED;
            if (!hands.started.isEmpty()) {
                inHand.put(partition, Set.copyOf(hands.started.keySet()));
            }
        }
        return inHand;
    }

    /** Those that are finished. */
    synchronized Set<Long> finished(TopicPartition partition) {
        Hands hands = known.get(partition);
        return hands == null
                ? Set.of()
                : hands.started.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(HashSet::new));
    }

    synchronized boolean isFenced(TopicPartition partition) {
        Hands hands = known.get(partition);
        return hands != null && hands.fence != Fence.NONE;
    }

    /** Something is about to be sent that Kafka answers well only if these partitions are ours. */
    synchronized void probe(Collection<TopicPartition> partitions) {
        replace(partitions, Fence.RAISED, Fence.PROBED);
    }

    /** It did. */
    synchronized void proven(Collection<TopicPartition> partitions) {
        replace(partitions, Fence.PROBED, Fence.NONE);
    }

    /** It did not, or there was no answer. */
    synchronized void unproven(Collection<TopicPartition> partitions) {
        replace(partitions, Fence.PROBED, Fence.RAISED);
    }

    private void replace(Collection<TopicPartition> partitions, Fence from, Fence to) {
        for (TopicPartition partition : partitions) {
            Hands hands = known.get(partition);
            if (hands != null && hands.fence == from) {
                hands.fence = to;
            }
        }
    }

    /** Whoever reads the partition starts at that offset or beyond it. */
    synchronized void committed(TopicPartition partition, long offset) {
        Hands hands = known.get(partition);
        if (hands != null) {
            hands.started.headMap(offset).values().removeIf(finished -> finished);
        }
    }

    /** From that offset on, the log has other records than those that were started. */
    synchronized void rewind(TopicPartition partition, long offset) {
        Hands hands = known.get(partition);
        if (hands != null) {
            hands.started.tailMap(offset).clear();
        }
    }

    private Hands hands(TopicPartition partition) {
        @Nullable Hands hands = known.get(partition);
        if (hands == null) {
            hands = new Hands();
            known.put(partition, hands);
        }
        return hands;
    }
}
