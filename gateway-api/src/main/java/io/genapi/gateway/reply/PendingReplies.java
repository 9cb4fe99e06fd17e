package io.genapi.gateway.reply;

import io.genapi.gateway.reply.PendingReply.Signal;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.JobPartitioner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The calls that wait for a job's end, by its id. Thread-safe. */
public final class PendingReplies {

    private final PartitionOwnership ownership;
    private final int partitions;
    private final Map<JobId, List<PendingReply>> waiting = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param partitions how many the results topic has */
    public PendingReplies(PartitionOwnership ownership, int partitions) {
        this.ownership = ownership;
        this.partitions = partitions;
    }

    /**
     * Begins to wait. To be called before the job is published, so that its end cannot come too early.
     *
     * <p>Ownership may have moved since the id was minted. Looking after the entry is visible leaves no gap: whoever
     * takes the partition away either finds the entry or has taken it away before this looks.
     */
    public PendingReply expect(JobId id) {
        PendingReply pending = new PendingReply(id, this::forget);
        waiting.merge(id, List.of(pending), PendingReplies::both);
        if (!ownership.owns(partitionOf(id))) {
            pending.tell(new Signal.Moved());
        }
        if (stopping) {
            pending.tell(new Signal.Stopping());
        }
        return pending;
    }

    /** Begins to wait for the end of a job that others may have published, and that may have ended: the store is asked. */
    public PendingReply expectAnywhere(JobId id) {
        PendingReply pending = expect(id);
        pending.tell(new Signal.Moved());
        return pending;
    }

    public boolean isExpected(JobId id) {
        return waiting.containsKey(id);
    }

    /** Hands a job's end to the calls that wait for it; false where nobody does. */
    public boolean arrived(JobId id, Reply reply) {
        List<PendingReply> pending = waiting.remove(id);
        if (pending == null) {
            return false;
        }
        pending.forEach(each -> each.tell(new Signal.Arrived(reply)));
        return true;
    }

    /** Results of these partitions may go elsewhere: their calls turn to the store. To be called after ownership is lost. */
    public void moved(Collection<Integer> lost) {
        waiting.values().stream()
                .flatMap(List::stream)
                .filter(pending -> lost.contains(partitionOf(pending.id())))
                .forEach(pending -> pending.tell(new Signal.Moved()));
    }

    /** Ends every wait, present and future. */
    public void stop() {
        stopping = true;
        waiting.values().forEach(all -> all.forEach(pending -> pending.tell(new Signal.Stopping())));
    }

    /** How many calls wait. */
    public int count() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    private void forget(PendingReply pending) {
        waiting.computeIfPresent(pending.id(), (_, all) -> {
            List<PendingReply> others =
                    all.stream().filter(other -> other != pending).toList();
            return others.isEmpty() ? null : others;
        });
    }

    private static List<PendingReply> both(List<PendingReply> some, List<PendingReply> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private int partitionOf(JobId id) {
        return JobPartitioner.partitionOf(id, partitions);
    }
}
