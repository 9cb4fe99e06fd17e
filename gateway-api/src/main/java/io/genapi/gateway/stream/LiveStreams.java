package io.genapi.gateway.stream;

import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.JobPartitioner;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The followers of streams whose pieces come to this gateway, by their jobs' ids. Thread-safe. */
public final class LiveStreams {

    private final PartitionOwnership ownership;
    private final int partitions;
    private final long maxBytes;
    private final Map<JobId, Set<LiveStream>> followed = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param partitions how many the deltas and results topics have
     * @param maxBytes how much each follower may leave untaken
     */
    public LiveStreams(PartitionOwnership ownership, int partitions, long maxBytes) {
        this.ownership = ownership;
        this.partitions = partitions;
        this.maxBytes = maxBytes;
    }

    /** Begins to collect, where the job's partition is this gateway's. To be called before the job is published. */
    public LiveStream follow(JobId id) {
        LiveStream stream = new LiveStream(id, maxBytes, this::tearUnlessOwned, this::forget);
        followed.compute(id, (_, others) -> {
            Set<LiveStream> followers = others == null ? ConcurrentHashMap.newKeySet() : others;
            followers.add(stream);
            return followers;
        });
        tearUnlessOwned(stream);
        if (stopping) {
            stream.stop();
        }
        return stream;
    }

    public boolean isFollowed(JobId id) {
        return followed.containsKey(id);
    }

    /** Whether the pieces of a job come to this gateway now. */
    boolean isOwned(JobId id) {
        return ownership.owns(partitionOf(id));
    }

    /** @param offset where in its partition the piece lies */
    public void piece(JobDelta delta, long offset) {
        tell(delta.id(), stream -> stream.piece(delta, offset));
    }

    public void ended(JobId id, Reply reply) {
        tell(id, stream -> stream.ended(reply));
    }

    /** Pieces of these partitions may go elsewhere. To be called after ownership is lost. */
    public void moved(Collection<Integer> lost) {
        followed.forEach((id, followers) -> {
            if (lost.contains(partitionOf(id))) {
                followers.forEach(LiveStream::tear);
            }
        });
    }

    /** Ends every stream, present and future, after what it has been told. */
    public void stop() {
        stopping = true;
        followed.values().forEach(followers -> followers.forEach(LiveStream::stop));
    }

    private void tell(JobId id, Consumer<LiveStream> news) {
        followed.getOrDefault(id, Set.of()).forEach(news);
    }

    /**
     * Ownership may have moved meanwhile. Looking after the follower is visible leaves no gap: whoever takes the
     * partition away either finds it or has taken the partition away before this looks.
     */
    private void tearUnlessOwned(LiveStream stream) {
        if (!isOwned(stream.id())) {
            stream.tear();
        }
    }

    private void forget(LiveStream stream) {
        followed.computeIfPresent(stream.id(), (_, followers) -> {
            followers.remove(stream);
            return followers.isEmpty() ? null : followers;
        });
    }

    private int partitionOf(JobId id) {
        return JobPartitioner.partitionOf(id, partitions);
    }
}
