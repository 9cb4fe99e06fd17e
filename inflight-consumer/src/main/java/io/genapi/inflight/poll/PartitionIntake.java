package io.genapi.inflight.poll;

import io.genapi.inflight.offset.Arrival;
import io.genapi.inflight.offset.Lease;
import io.genapi.inflight.offset.MetadataBudget;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.OffsetWindow;
import io.genapi.inflight.offset.Progress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of one partition: what was read, what runs, what is finished. A later assignment of the same partition
 * is another object, so that whatever still refers to this one cannot touch it. For the poll thread; gauges read the
 * volatile fields.
 */
final class PartitionIntake<K, V> {

    private final TopicPartition partition;
    private final MetadataBudget budget;
    private final int maxRunning;
    private final int lane;

    /** Fresh records in their order; not more than one poll brings, since nothing is read while there are any. */
    private final Deque<Held<K, V>> held = new ArrayDeque<>();

    /** Records that a former owner had running; they start when its lease has ended. */
    private final Deque<Held<K, V>> handedOver = new ArrayDeque<>();

    private final Map<Long, Running<K, V>> running = new HashMap<>();

    /** Null until the first record tells where a partition without a commit begins. */
    private @Nullable OffsetWindow window;

    /** What a commit would say differs from what the last one said. */
    private boolean dirty;

    private long lastServed;

    private volatile long span;
    private volatile int metadataLength;

    /** @param lane the place of its topic's lane */
    PartitionIntake(TopicPartition partition, int lane, MetadataBudget budget, int maxRunning) {
        this.partition = partition;
        this.lane = lane;
        this.budget = budget;
        this.maxRunning = maxRunning;
    }

    TopicPartition partition() {
        return partition;
    }

    int lane() {
        return lane;
    }

    /** When one of its records was last started, as {@link #served} was told; 0 if none was. */
    long lastServed() {
        return lastServed;
    }

    void served(long number) {
        lastServed = number;
    }

    void resume(Progress progress, OptionalInt precedingEpoch) {
        OffsetWindow resumed = OffsetWindow.from(progress);
        precedingEpoch.ifPresent(resumed::precededBy);
        window = resumed;
    }

    /** Whether the log now has another record where one was read before, so that this object's time is over. */
    boolean isRewind(long offset) {
        return window != null && window.isRewind(offset);
    }

    /** A record was read; it is held until {@link #take} gives it out, if it is to run here at all. */
    Arrival read(Held<K, V> next) {
        OffsetWindow known = windowAt(next.offset());
        Arrival arrival = known.arrived(next.offset(), leaderEpoch(next.record()));
        switch (arrival) {
            case FRESH -> held.add(next);
            case HANDED_OVER -> handedOver.add(next);
            case ALREADY_FINISHED -> {}
        }
        dirty = true;
        return arrival;
    }

    /** The last record read runs in this process since an earlier assignment. */
    void adopt(Running<K, V> orphan) {
        dropLastRead(orphan.offset());
        orphan.ownedBy(this);
        running.put(orphan.offset(), orphan);
        windowAt(orphan.offset()).started(orphan.offset());
    }

    /** The last record read was finished by this process after an earlier assignment. */
    void readFinished(long offset) {
        dropLastRead(offset);
        windowAt(offset).finished(offset);
    }

    private void dropLastRead(long offset) {
        Deque<Held<K, V>> queue = !held.isEmpty() && held.getLast().offset() == offset ? held : handedOver;
        queue.removeLast();
    }

    /** The consumer's position moved over offsets that hold no record for us. */
    void readUpTo(long offset) {
        if (window != null && offset > window.lowestUnfinished() + window.span()) {
            window.readUpTo(offset);
            dirty = true;
        }
    }

    /** Whether the next record given out at that time is one that a former owner had running. */
    boolean nextWasHandedOver(Instant now) {
        return !handedOver.isEmpty()
                && (window == null
                        || window.lease()
                                .map(Lease::until)
                                .filter(now::isBefore)
                                .isEmpty());
    }

    /** How many records could start at that time, at most; 0 only if none can. */
    int startable(Instant now) {
        if (peek(now) == null) {
            return 0;
        }
        return Math.min((nextWasHandedOver(now) ? handedOver.size() : 0) + held.size(), maxRunning - running.size());
    }

    /** The next record that may start, if there is one. It stays until it is taken. */
    @Nullable
    Held<K, V> peek(Instant now) {
        if (window == null || running.size() >= maxRunning) {
            return null;
        }
        if (nextWasHandedOver(now)) {
            return handedOver.peek();
        }
        Held<K, V> first = held.peek();
        if (first == null || !window.admits(budget, first.offset(), window.unfinishedCount() - held.size() + 1L)) {
            return null;
        }
        return first;
    }

    /** Gives out the record that was peeked at. */
    void take(Held<K, V> peeked) {
        // A handed-over record was read before any that is held.
        if (!handedOver.isEmpty() && handedOver.getFirst().offset() == peeked.offset()) {
            handedOver.remove();
        } else {
            held.remove();
        }
    }

    void started(Running<K, V> started) {
        running.put(started.offset(), started);
        windowAt(started.offset()).started(started.offset());
    }

    void ended(Running<K, V> ended, boolean finished) {
        running.remove(ended.offset(), ended);
        if (finished && windowAt(ended.offset()).finished(ended.offset())) {
            dirty = true;
        }
    }

    /** Whether reading more would only pile up. */
    boolean isFull() {
        return !held.isEmpty() || running.size() >= maxRunning || !admitsOneMore();
    }

    private boolean admitsOneMore() {
        return window == null
                || window.admits(budget, window.lowestUnfinished() + window.span(), window.unfinishedCount() + 1L);
    }

    /** What was read and has not started is left to whoever comes next. */
    void dropHeld() {
        held.clear();
        handedOver.clear();
    }

    Collection<Running<K, V>> running() {
        return running.values();
    }

    /** What to commit, if that is news. */
    Optional<OffsetAndMetadata> takeCommit() {
        if (window == null || !dirty) {
            return Optional.empty();
        }
        return Optional.of(commit(window, window.progress()));
    }

    /** The last commit of this assignment, in which what runs is reserved until then. */
    Optional<OffsetAndMetadata> takeHandOver(Instant until) {
        if (window == null || running.isEmpty()) {
            return takeCommit();
        }
        return Optional.of(commit(window, window.handOver(until)));
    }

    private OffsetAndMetadata commit(OffsetWindow known, Progress progress) {
        dirty = false;
        String metadata = OffsetMapCodec.encodeWithin(progress, budget);
        metadataLength = metadata.length();
        OptionalInt epoch = known.precedingEpoch();
        return new OffsetAndMetadata(
                progress.offset(), epoch.isPresent() ? Optional.of(epoch.getAsInt()) : Optional.empty(), metadata);
    }

    /** The last commit was not taken. */
    void markDirty() {
        dirty = true;
    }

    /** The running record that holds the commits back, if one does. */
    Optional<Running<K, V>> straggler() {
        if (window == null || window.oldest().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(running.get(window.oldest().getAsLong()));
    }

    /** Updates what {@link #span} tells. */
    void observe() {
        span = window == null ? 0 : window.span();
    }

    /** Offsets between the lowest unfinished one and the next to be read. Any thread. */
    long span() {
        return span;
    }

    /** Of the last commit. Any thread. */
    int metadataLength() {
        return metadataLength;
    }

    private OffsetWindow windowAt(long offset) {
        if (window == null) {
            window = OffsetWindow.from(Progress.upTo(offset));
        }
        return window;
    }

    private static OptionalInt leaderEpoch(ConsumerRecord<?, ?> record) {
        return record.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** For log lines. */
    @Override
    public String toString() {
        return partition + " (" + running.size() + " running, " + held.size() + " held)";
    }
}
