package io.genapi.inflight.offset;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Which of a partition's offsets, from the lowest unfinished one on, are finished.
 *
 * <p>Offsets that do not arrive do not exist (compaction, transaction markers, retention) and count as finished as soon
 * as a later one has arrived. Lives for one assignment of the partition. Not thread-safe.
 */
public final class OffsetWindow {

    private final NavigableSet<Long> unfinished = new TreeSet<>();

    /** Those of them that a former owner has promised to finish. */
    private final NavigableSet<Long> promised = new TreeSet<>();

    /** What former owners have in hand of what has not been read yet. */
    private final NavigableSet<Long> claimed = new TreeSet<>();

    /** First offset read of each leader epoch; the entry before the lowest unfinished offset is kept. */
    private final NavigableMap<Long, Integer> epochs = new TreeMap<>();

    /** What a former owner finished beyond what has been read. */
    private final Deque<OffsetRange> restored;

    private OptionalInt restoredEpoch;
    private Optional<Lease> lease;

    /** One past the highest offset that any owner has started, of which the map may speak. */
    private long startedEnd;

    private long next;

    private OffsetWindow(Progress progress) {
        next = progress.offset();
        restored = new ArrayDeque<>(progress.finished());
        restoredEpoch = progress.leaderEpoch();
        lease = progress.lease();
        startedEnd = Math.max(progress.end(), lease.map(Lease::below).orElse(next));
    }

    /** Goes on where that progress ended; the next offset to arrive is its offset or a later one. */
    public static OffsetWindow from(Progress progress) {
        return new OffsetWindow(progress);
    }

    /** Tells the epoch of the record before the first one, as the commit named it. */
    public void precededBy(int leaderEpoch) {
        epochs.putIfAbsent(next - 1, leaderEpoch);
    }

    /** Former owners have these offsets in hand, whatever the commit says. */
    public void claimed(Set<Long> offsets) {
        claimed.addAll(offsets);
        claimed.headSet(next).clear();
    }

    /** Whether this offset was passed already: the log was truncated, or the position reset. */
    public boolean isRewind(long offset) {
        return offset < next;
    }

    /** The log is another one from that offset on, so what was read from there on is forgotten; what is below stays. */
    public void rewind(long offset) {
        unfinished.tailSet(offset, true).clear();
        promised.tailSet(offset, true).clear();
        claimed.clear();
        epochs.tailMap(offset, true).clear();
        restored.clear();
        restoredEpoch = OptionalInt.empty();
        lease = lease.map(known -> known.cutAt(offset));
        startedEnd = Math.min(startedEnd, offset);
        next = offset;
    }

    /**
     * A record was read.
     *
     * @throws IllegalArgumentException if {@link #isRewind}
     */
    public Arrival arrived(long offset, OptionalInt leaderEpoch) {
        if (isRewind(offset)) {
            throw new IllegalArgumentException("offset " + offset + " arrived after " + (next - 1));
        }
        leaderEpoch.ifPresent(epoch -> sawEpoch(offset, epoch));
        readUpTo(offset);
        OffsetRange known = restored.peekFirst();
        boolean finished = known != null && known.contains(offset);
        readUpTo(offset + 1);
        if (finished) {
            return Arrival.ALREADY_FINISHED;
        }
        unfinished.add(offset);
        boolean inHand = !claimed.isEmpty() && claimed.contains(offset);
        claimed.headSet(offset, true).clear();
        if (inHand || (lease.isPresent() && lease.get().covers(offset))) {
            promised.add(offset);
            return Arrival.HANDED_OVER;
        }
        return Arrival.FRESH;
    }

    /** Nothing that has not arrived exists below this offset. */
    public void readUpTo(long offset) {
        next = Math.max(next, offset);
        while (!restored.isEmpty() && restored.getFirst().to() <= next) {
            restored.removeFirst();
        }
    }

    private void sawEpoch(long offset, int epoch) {
        if (epochs.isEmpty() || epochs.lastEntry().getValue() < epoch) {
            epochs.put(offset, epoch);
        }
        if (restoredEpoch.isPresent() && restoredEpoch.getAsInt() < epoch) {
            // Later epochs lie at higher offsets, so from here on the log is not the one that the map was made for.
            restored.clear();
            restoredEpoch = OptionalInt.empty();
            lease = lease.map(known -> known.cutAt(offset));
            startedEnd = Math.min(startedEnd, Math.max(offset, next));
        }
    }

    /**
     * Whether a record that arrived may start: the map fits its budget whatever happens then.
     *
     * @param unfinishedUpToIt how many unfinished offsets there are up to and including this one
     */
    public boolean admits(MetadataBudget budget, long offset, long unfinishedUpToIt) {
        // What former owners started is admitted already: they made sure of it, and the map has to shrink to go on.
        return offset < startedEnd || budget.admits(offset + 1 - lowestUnfinished(), unfinishedUpToIt);
    }

    /**
     * A record that arrived starts now. What it passed over, because it has to wait, counts from here on as unfinished
     * in the map, and is admitted with it.
     */
    public void started(long offset) {
        startedEnd = Math.max(startedEnd, offset + 1);
    }

    /** Whether a record that arrived is one that a former owner had promised to finish. */
    public boolean isPromised(long offset) {
        return promised.contains(offset);
    }

    /** A record ended; false if it had already. */
    public boolean finished(long offset) {
        promised.remove(offset);
        return unfinished.remove(offset);
    }

    /**
     * What a former owner had running. It is passed on after its end too, for as long as any of it is unfinished, since
     * whoever runs such a record has to ask first.
     */
    public Optional<Lease> lease() {
        return lease.filter(known -> known.below() > lowestUnfinished());
    }

    /** One past the highest offset that is known to have been started, by this owner or a former one. */
    public long startedEnd() {
        return startedEnd;
    }

    /** The offset to commit. */
    public long lowestUnfinished() {
        return unfinished.isEmpty() ? next : unfinished.first();
    }

    /** How many offsets lie between the lowest unfinished one and the next to be read. */
    public long span() {
        return next - lowestUnfinished();
    }

    public int unfinishedCount() {
        return unfinished.size();
    }

    /** The leader epoch of the record before the committed offset, by which a consumer detects truncation (KIP-320). */
    public OptionalInt precedingEpoch() {
        long offset = lowestUnfinished();
        var before = epochs.lowerEntry(offset);
        // Where nothing was read before it, the record's own epoch serves: the log ends after it in that epoch too.
        var entry = before == null ? epochs.floorEntry(offset) : before;
        return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.getValue());
    }

    /** What to commit now. */
    public Progress progress() {
        long offset = lowestUnfinished();
        forgetEpochsBefore(offset);
        Optional<Lease> known =
                lease().map(former -> new Lease(former.below(), former.until(), freeBelow(former.below(), _ -> false)));
        return new Progress(offset, finishedFrom(offset), latestEpoch(), known);
    }

    /**
     * What to commit when the partition moves while records run that this owner will finish until then.
     *
     * @param runs whether a record runs; what was started and does not run any more is for the next owner
     */
    public Progress handOver(Instant until, LongPredicate runs) {
        Progress now = progress();
        long lastRunning = unfinished.descendingSet().stream()
                .mapToLong(Long::longValue)
                .filter(runs)
                .findFirst()
                .orElse(-1);
        if (lastRunning < 0) {
            return now;
        }
        long below = now.lease()
                .map(former -> Math.max(former.below(), lastRunning + 1))
                .orElse(lastRunning + 1);
        // Whoever waits for the later end of two promises waits long enough for either.
        Instant end = now.lease().map(Lease::until).filter(until::isBefore).orElse(until);
        return new Progress(
                now.offset(),
                now.finished(),
                now.leaderEpoch(),
                Optional.of(new Lease(below, end, freeBelow(below, runs))));
    }

    private List<Long> freeBelow(long below, LongPredicate runs) {
        List<Long> free = new ArrayList<>();
        for (long offset : unfinished.headSet(below)) {
            if (!promised.contains(offset) && !runs.test(offset)) {
                free.add(offset);
            }
        }
        lease.ifPresent(former -> former.free().stream()
                .filter(offset -> offset >= next && offset < below)
                .forEach(free::add));
        return free;
    }

    private List<OffsetRange> finishedFrom(long offset) {
        List<OffsetRange> ranges = new ArrayList<>();
        long reached = offset;
        long end = Math.min(next, startedEnd);
        for (long gap : unfinished) {
            if (gap >= end) {
                break;
            }
            append(ranges, reached, gap);
            reached = gap + 1;
        }
        append(ranges, reached, end);
        restored.forEach(range -> append(ranges, Math.max(range.from(), next), range.to()));
        return ranges;
    }

    private static void append(List<OffsetRange> ranges, long from, long to) {
        if (from >= to) {
            return;
        }
        boolean touches = !ranges.isEmpty() && ranges.getLast().to() == from;
        long start = touches ? ranges.removeLast().from() : from;
        ranges.add(new OffsetRange(start, to));
    }

    private OptionalInt latestEpoch() {
        int seen = epochs.isEmpty() ? -1 : epochs.lastEntry().getValue();
        int latest = Math.max(seen, restoredEpoch.orElse(-1));
        return latest < 0 ? OptionalInt.empty() : OptionalInt.of(latest);
    }

    private void forgetEpochsBefore(long offset) {
        Long kept = epochs.lowerKey(offset);
        if (kept != null) {
            epochs.headMap(kept, false).clear();
        }
    }

    /** The lowest offset that has arrived and is not finished. */
    public OptionalLong oldest() {
        return unfinished.isEmpty() ? OptionalLong.empty() : OptionalLong.of(unfinished.first());
    }
}
