package io.genapi.inflight.poll;

import io.genapi.inflight.offset.Arrival;
import io.genapi.inflight.offset.Lease;
import io.genapi.inflight.offset.MetadataBudget;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.OffsetWindow;
import io.genapi.inflight.offset.Progress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of one partition: what was read, what runs, what is finished. A later assignment of the same partition
 * is another object, so that whatever still refers to this one cannot touch it. For the poll thread; gauges read the
 * volatile fields. Ticks are nanoseconds of the loop's ticker.
 */
final class PartitionIntake<K, V> {

    private final TopicPartition partition;
    private final Optional<Uuid> topic;
    private final MetadataBudget budget;
    private final int maxRunning;
    private final int maxWaiting;
    private final int lane;

    private final Backlog<K, V> backlog = new Backlog<>();
    private long heldBytes;
    private final Map<Long, Running<K, V>> running = new HashMap<>();

    /** Null until the first record tells where a partition without a commit begins. */
    private @Nullable OffsetWindow window;

    private Claimed claimed = Claimed.NOTHING;

    private Doubt doubt = Doubt.NONE;

    /** What a commit would say differs from what the last one said. */
    private boolean dirty;

    private long lastServed;

    private volatile long span;
    private volatile int waiting;
    private volatile int metadataLength;

    /**
     * @param topic the id of its topic, if that is known
     * @param lane the place of its topic's lane
     */
    PartitionIntake(TopicPartition partition, Optional<Uuid> topic, int lane, PollSettings settings) {
        this.partition = partition;
        this.topic = topic;
        this.lane = lane;
        this.budget = settings.budget();
        this.maxRunning = settings.maxInFlightPerPartition();
        this.maxWaiting = settings.maxWaitingPerPartition();
    }

    TopicPartition partition() {
        return partition;
    }

    Optional<Uuid> topic() {
        return topic;
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
        doubt = Doubt.beyond(resumed.startedEnd());
    }

    /**
     * Former owners have records in hand of which the commit need not know. What it reserves for them is theirs until
     * that moment and no longer: one that stops gives them up then.
     */
    void claimed(Claimed inHand, Instant now) {
        OffsetWindow known = window;
        Optional<Lease> standing =
                known == null ? Optional.empty() : known.lease().filter(lease -> now.isBefore(lease.until()));
        claimed = standing.map(lease -> inHand.without(lease::covers)).orElse(inHand);
        if (known != null) {
            known.claimed(claimed.offsets());
        }
    }

    /** A record of an earlier assignment still runs, so none of its ordering key starts until it has ended. */
    void waitFor(Running<K, V> orphan) {
        orphan.awaitedBy(this);
        backlog.order().claim(orphan.held());
    }

    /** Whether the log now has another record where one was read before. */
    boolean isRewind(long offset) {
        return window != null && window.isRewind(offset);
    }

    /**
     * Forgets what was read from that offset on, and returns what of it runs. That is nobody's any more, but none of its
     * ordering key starts until it has ended.
     */
    List<Running<K, V>> rewind(long offset) {
        List<Running<K, V>> gone =
                running.values().stream().filter(any -> any.offset() >= offset).toList();
        gone.forEach(any -> {
            running.remove(any.offset());
            any.awaitedBy(this);
        });
        backlog.rewind(offset);
        windowAt(offset).rewind(offset);
        dirty = true;
        return gone;
    }

    /** A record was read; one that is not finished is then to be {@link #hold held}, {@link #adopt adopted} or finished. */
    Arrival read(Held<K, V> next) {
        dirty = true;
        doubt.read(next.offset());
        return windowAt(next.offset()).arrived(next.offset(), leaderEpoch(next.record()));
    }

    /** It runs when it may. */
    void hold(Held<K, V> read, long tick) {
        heldBytes += read.bytes();
        if (backlog.order().enter(read)) {
            queue(read, tick);
        }
    }

    private void queue(Held<K, V> unblocked, long tick) {
        if (windowAt(unblocked.offset()).isPromised(unblocked.offset())) {
            backlog.promised(new Promise<>(this, unblocked, tick));
        } else {
            backlog.ready(unblocked);
        }
    }

    /** It runs in this process since an earlier assignment, and {@link #waitFor} was told so. */
    void adopt(Running<K, V> orphan) {
        orphan.ownedBy(this);
        running.put(orphan.offset(), orphan);
        windowAt(orphan.offset()).started(orphan.offset());
    }

    /** It was finished, by this process after an earlier assignment, or by whoever had promised to. */
    void readFinished(long offset) {
        if (windowAt(offset).finished(offset)) {
            dirty = true;
        }
    }

    /** What had promised it has kept the promise; false if it is too late to know. */
    boolean keptPromise(Promise<K, V> promise, long tick) {
        if (!backlog.settle(promise)) {
            return false;
        }
        heldBytes -= promise.held().bytes();
        // The former owner started it; it may be beyond all that the commit knew of.
        OffsetWindow known = windowAt(promise.held().offset());
        if (known.admits(budget, promise.held().offset(), known.unfinishedCount())) {
            known.started(promise.held().offset());
        }
        readFinished(promise.held().offset());
        leaveOrder(promise.held(), tick);
        return true;
    }

    /** The consumer's position moved over offsets that hold no record for us. */
    void readUpTo(long offset) {
        if (window != null && offset > window.lowestUnfinished() + window.span()) {
            window.readUpTo(offset);
            dirty = true;
        }
    }

    /** Makes ready what had to wait for that moment. */
    void wake(Instant now, long tick) {
        backlog.wake(tick);
        if (!backlog.promises().isEmpty() && leaseHasEnded(now)) {
            backlog.release(offset -> claimed.hasEnded(offset, now));
        }
    }

    /** Whether it is worth while to ask former owners what they still have in hand. */
    boolean isToBeReviewed() {
        return claimed.everybodySaid() && !backlog.promises().isEmpty();
    }

    /**
     * Former owners were asked again. What none of them has in hand any more has been set aside or given up there, or is
     * finished; it waits no longer. Where one of them does not say, only the lease's end counts from here on.
     */
    void reviewed(FormerOwners.InHand inHand) {
        claimed = claimed.afterAnswer(inHand.everybodySaid());
        if (inHand.everybodySaid()) {
            Set<Long> kept = inHand.of(partition);
            backlog.release(offset -> !kept.contains(offset));
        }
    }

    private boolean leaseHasEnded(Instant now) {
        return window == null
                || window.lease().map(Lease::until).filter(now::isBefore).isEmpty();
    }

    /** Records whose former owner is still to be waited for. */
    Collection<Promise<K, V>> promises() {
        return backlog.promises();
    }

    /** Whether a former owner may have finished the record, so that it is to be asked about first. */
    boolean mayBeDone(Held<K, V> held) {
        return doubt.covers(held.offset()) || (window != null && window.isPromised(held.offset()));
    }

    /** How many records could start, at most; 0 only if none can. */
    int startable() {
        return peek() == null ? 0 : Math.min(backlog.readyCount(), maxRunning - running.size());
    }

    /** The next record that may start, if there is one. It stays until it has {@link #started}. */
    @Nullable
    Held<K, V> peek() {
        if (window == null || running.size() >= maxRunning) {
            return null;
        }
        Held<K, V> first = backlog.peek();
        // The others that are ready have higher offsets. Those that wait may have, and are counted all the same.
        return first == null
                        || !window.admits(budget, first.offset(), window.unfinishedCount() - backlog.readyCount() + 1L)
                ? null
                : first;
    }

    /** The record that was peeked at runs. */
    void started(Running<K, V> started) {
        backlog.take();
        heldBytes -= started.held().bytes();
        running.put(started.offset(), started);
        windowAt(started.offset()).started(started.offset());
        // The next owner has to ask about it, should this one die.
        dirty = true;
    }

    void ended(Running<K, V> ended, boolean finished, long tick) {
        running.remove(ended.offset(), ended);
        if (finished) {
            readFinished(ended.offset());
            leaveOrder(ended.held(), tick);
        }
    }

    /** It runs again later; until then it keeps its place. */
    void setAside(Running<K, V> ended, long until) {
        running.remove(ended.offset(), ended);
        heldBytes += ended.held().bytes();
        backlog.setAside(ended.held(), until);
    }

    /** A record of an earlier assignment ended that was never read in this one. */
    void orphanEnded(Running<K, V> orphan, long tick) {
        if (orphan.isAwaitedBy(this)) {
            leaveOrder(orphan.held(), tick);
        }
    }

    private void leaveOrder(Held<K, V> finished, long tick) {
        Held<K, V> next = backlog.order().leave(finished);
        if (next != null) {
            queue(next, tick);
        }
    }

    /** Whether reading more would only pile up. */
    boolean isFull() {
        return backlog.readyCount() > 0
                || running.size() >= maxRunning
                || backlog.waitingCount() >= maxWaiting
                || !admitsOneMore();
    }

    private boolean admitsOneMore() {
        return window == null
                || window.admits(budget, window.lowestUnfinished() + window.span(), window.unfinishedCount() + 1L);
    }

    /** Bytes of what was read and neither runs nor is finished. */
    long heldBytes() {
        return heldBytes;
    }

    /** Whether records wait for the end of others. */
    boolean hasBlocked() {
        return backlog.order().waiting() > 0;
    }

    /** What was read and does not run is left to whoever comes next. */
    void dropHeld() {
        backlog.clear();
        heldBytes = 0;
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

    /**
     * The same for a next owner that can find out how records ended. Should this owner die, what runs may end before it
     * does and after the commit; so it is handed over in every commit, reserved for no time: the next owner asks before
     * it runs such a record, and waits for nobody. While a former owner's promise stands, that one is passed on instead.
     */
    Optional<OffsetAndMetadata> takeCommit(Instant now) {
        if (window == null || !dirty || running.isEmpty() || !leaseHasEnded(now)) {
            return takeCommit();
        }
        return Optional.of(commit(window, window.handOver(now, running::containsKey)));
    }

    /** The last commit of this assignment, in which what runs is reserved until then. */
    Optional<OffsetAndMetadata> takeHandOver(Instant until) {
        if (window == null || running.isEmpty()) {
            return takeCommit();
        }
        return Optional.of(commit(window, window.handOver(until, running::containsKey)));
    }

    private OffsetAndMetadata commit(OffsetWindow known, Progress progress) {
        dirty = false;
        String metadata = TopicMark.mark(topic, OffsetMapCodec.encodeWithin(progress, budget));
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

    /** Updates what gauges show. */
    void observe() {
        span = window == null ? 0 : window.span();
        waiting = backlog.waitingCount();
    }

    /** Offsets between the lowest unfinished one and the next to be read. Any thread. */
    long span() {
        return span;
    }

    /** Records that wait for others of their key, or are set aside. Any thread. */
    int waiting() {
        return waiting;
    }

    /** Of the last commit. Any thread. */
    int metadataLength() {
        return metadataLength;
    }

    private OffsetWindow windowAt(long offset) {
        OffsetWindow known = window;
        if (known == null) {
            known = OffsetWindow.from(Progress.upTo(offset));
            known.claimed(claimed.offsets());
            window = known;
        }
        return known;
    }

    private static OptionalInt leaderEpoch(ConsumerRecord<?, ?> record) {
        return record.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** For log lines. */
    @Override
    public String toString() {
        return partition + " (" + running.size() + " running, " + backlog.readyCount() + " ready, "
                + backlog.waitingCount() + " waiting)";
    }
}
