package io.genapi.inflight.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** One partition's log: records with gaps between them, cut off at either end, under leaders of growing epochs. */
final class SimulatedLog {

    private final TopicPartition partition;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();

    /** The first offset of each epoch that wrote something, and of the current one. */
    private final NavigableMap<Integer, Long> epochStarts = new TreeMap<>();

    private int epoch;
    private long start;
    private long end;

    SimulatedLog(TopicPartition partition) {
        this.partition = partition;
        epochStarts.put(0, 0L);
    }

    TopicPartition partition() {
        return partition;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    Collection<Entry> below(long offset) {
        return entries.headMap(offset, false).values();
    }

    Collection<Entry> between(long from, long to) {
        return entries.subMap(from, true, to, false).values();
    }

    /** The first record at that offset or after it. */
    Optional<Entry> from(long offset) {
        return Optional.ofNullable(entries.ceilingEntry(offset)).map(Map.Entry::getValue);
    }

    /**
     * A leader's first record can always be read. Kafka tells no epoch of one that cannot, so the commit after it would
     * name the epoch before, by which its reader takes the election for a truncation and reads from there again.
     */
    Entry append(long id, int bytes, boolean readable, String key) {
        boolean first = epochStarts.lastEntry().getValue() == end;
        Entry entry = new Entry(partition, end, epoch, id, bytes, readable || first, key);
        entries.put(end, entry);
        end++;
        return entry;
    }

    /** Offsets that hold no record for a consumer: markers of transactions, or what compaction took. */
    void leaveGap(int offsets) {
        end += offsets;
    }

    /** A new leader, whose log ends at that offset; at the end of the log if the election was clean. Returns what is lost. */
    List<Entry> elect(long leadersEnd) {
        List<Entry> lost = List.copyOf(entries.tailMap(leadersEnd, true).values());
        entries.tailMap(leadersEnd, true).clear();
        epochStarts.values().removeIf(first -> first >= leadersEnd);
        end = leadersEnd;
        epoch++;
        epochStarts.put(epoch, end);
        return lost;
    }

    /** Retention. Returns what it took. */
    List<Entry> deleteBelow(long offset) {
        List<Entry> deleted = List.copyOf(below(offset));
        entries.headMap(offset, false).clear();
        start = offset;
        return deleted;
    }

    /**
     * Where a consumer that stands there goes on, as Kafka's consumer finds out by itself (KIP-320).
     *
     * @param precedingEpoch of the record before the position, if it is known
     */
    long validated(long offset, Optional<Integer> precedingEpoch) {
        long valid = precedingEpoch.map(known -> Math.min(offset, endOf(known))).orElse(offset);
        return valid > end ? start : Math.max(valid, start);
    }

    /** Of the last record before that offset, or of the leader that left nothing else there. */
    Optional<Integer> epochBefore(long offset) {
        return epochStarts.entrySet().stream()
                .filter(known -> known.getValue() < offset)
                .reduce((_, later) -> later)
                .map(Map.Entry::getKey);
    }

    private long endOf(int known) {
        var later = epochStarts.higherEntry(known);
        return later == null ? end : later.getValue();
    }
}
