package io.genapi.store.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each input partition that this process owns has been taken into the store. Consumers report what they hand
 * out and where they stand; processors report what they have done. So offsets without a record (transaction markers)
 * count as done, and so does everything before the place where a consumer began. Thread-safe.
 */
public final class ConsumptionProgress {
    private final Map<TopicPartition, Frontier> frontiers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param position of the next record to hand out
     * @param lastHandedOut its offset, or -1
     * @param lastProcessed its offset, or -1
     * @param end of the partition, as its consumer last knew it, or -1
     */
    private record Frontier(Object consumer, long position, long lastHandedOut, long lastProcessed, long end) {
        /** The first offset that the store may not know yet. */
        long offset() {
            return lastProcessed >= lastHandedOut ? position : lastProcessed + 1;
        }
    }

    /** A consumer was given a partition and stands here. */
    public void began(Object consumer, TopicPartition partition, long position) {
        frontiers.put(partition, new Frontier(consumer, position, -1, -1, -1));
        signal();
    }

    public boolean isKnown(Object consumer, TopicPartition partition) {
        Frontier frontier = frontiers.get(partition);
        return frontier != null && frontier.consumer().equals(consumer);
    }

    /**
     * A consumer has moved on.
     *
     * @param lastHandedOut the offset of the last record that it has just handed out; -1 if it only skipped offsets
     */
    public void polled(Object consumer, TopicPartition partition, long position, long lastHandedOut) {
        frontiers.compute(partition, (_, known) -> {
            // Another consumer, or a step back: what was processed before says nothing any more.
            boolean fresh = known == null || !known.consumer().equals(consumer) || position < known.position();
            return fresh
                    ? new Frontier(consumer, position, lastHandedOut, -1, -1)
                    : new Frontier(
                            consumer,
                            position,
                            Math.max(lastHandedOut, known.lastHandedOut()),
                            known.lastProcessed(),
                            known.end());
        });
        signal();
    }

    /** A record's effects can be read from the store. */
    void processed(TopicPartition partition, long offset) {
        frontiers.computeIfPresent(
                partition,
                (_, known) ->
                        new Frontier(known.consumer(), known.position(), known.lastHandedOut(), offset, known.end()));
        signal();
    }

    /** A consumer has learnt where a partition ends. */
    public void ends(Object consumer, TopicPartition partition, long end) {
        frontiers.computeIfPresent(
                partition,
                (_, known) -> known.consumer().equals(consumer)
                        ? new Frontier(consumer, known.position(), known.lastHandedOut(), known.lastProcessed(), end)
                        : known);
    }

    /** Where a partition ends, as far as its consumer knows. */
    Optional<Long> endOf(TopicPartition partition) {
        return Optional.ofNullable(frontiers.get(partition)).map(Frontier::end).filter(end -> end >= 0);
    }

    /** Whether everything before an offset has been taken into the store. */
    boolean hasProcessed(TopicPartition partition, long end) {
        Frontier frontier = frontiers.get(partition);
        return frontier != null && frontier.offset() >= end;
    }

    /** These are all partitions that a consumer still has. */
    public void retain(Object consumer, Set<TopicPartition> assigned) {
        frontiers
                .entrySet()
                .removeIf(entry -> entry.getValue().consumer().equals(consumer) && !assigned.contains(entry.getKey()));
    }

    /**
     * Waits until everything before the given offsets is in the store, or the patience ends; tells the partitions of which
     * that is so.
     */
    public Set<TopicPartition> awaitProcessed(Map<TopicPartition, Long> ends, Duration patience)
            throws InterruptedException {
        Set<TopicPartition> processed = reached(ends);
        if (processed.size() == ends.size()) {
            return processed;
        }
        long left = patience.toNanos();
        waiting.incrementAndGet();
        lock.lock();
        try {
            processed = reached(ends);
            while (processed.size() < ends.size() && left > 0) {
                left = advanced.awaitNanos(left);
                processed = reached(ends);
            }
            return processed;
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }

    private Set<TopicPartition> reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> hasProcessed(end.getKey(), end.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void signal() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                advanced.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
