package io.genapi.gateway.reply;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.JobPartitioner;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Mints ids whose results come back to this gateway: it draws until an id hashes to an owned partition, which takes
 * {@code partitions / owned} draws on average. Thread-safe if the generator is.
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
        if (owned.isEmpty()) {
            return Optional.empty();
        }
        for (int draw = 0; draw < partitions * DRAWS_PER_PARTITION; draw++) {
            JobId id = JobId.mint(clock.instant(), random);
            if (owned.contains(JobPartitioner.partitionOf(id, partitions))) {
                return Optional.of(id);
            }
        }
        throw new IllegalStateException("no id hashed to one of the partitions " + owned + " of " + partitions);
    }
}
