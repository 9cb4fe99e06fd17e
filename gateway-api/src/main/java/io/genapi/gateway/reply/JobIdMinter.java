package io.genapi.gateway.reply;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.kafka.JobPartitioner;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Mints ids whose results come back to this gateway: it draws until an id hashes to a wanted partition, which takes
 * {@code partitions / wanted} draws on average. Thread-safe if the generator is.
 */
public final class JobIdMinter {

    /** A draw misses one owned partition of many this often in a row with a chance of e to the -64. */
    private static final int DRAWS_PER_PARTITION = 64;

    private final PartitionOwnership ownership;
    private final int partitions;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param partitions how many the results topic has */
    public JobIdMinter(PartitionOwnership ownership, int partitions, InstantSource clock, RandomGenerator random) {
        this.ownership = ownership;
        this.partitions = partitions;
        this.clock = clock;
        this.random = random;
    }

    /** A new id of an owned partition; empty where none is owned. */
    public Optional<JobId> mint() {
        Set<Integer> owned = ownership.owned();
        return owned.isEmpty() ? Optional.empty() : Optional.of(draw(owned));
    }

    /**
     * A new id of the partition that the requests of a series lie in, owned or not. The store then learns of the job
     * where it looks for it, so that it finds the job as soon as Kafka has acknowledged it.
     */
    public JobId mintAt(JobOrder order) {
        return draw(Set.of(JobPartitioner.partitionOf(order, partitions)));
    }

    /** The same where that partition is owned; else any id whose result comes back, if there is one. */
    public Optional<JobId> mintNear(JobOrder order) {
        return ownership.owns(JobPartitioner.partitionOf(order, partitions)) ? Optional.of(mintAt(order)) : mint();
    }

    private JobId draw(Set<Integer> wanted) {
        for (int draw = 0; draw < partitions * DRAWS_PER_PARTITION; draw++) {
            JobId id = JobId.mint(clock.instant(), random);
            if (wanted.contains(JobPartitioner.partitionOf(id, partitions))) {
                return id;
            }
        }
        throw new IllegalStateException("no id hashed to one of the partitions " + wanted + " of " + partitions);
    }
}
