package io.genapi.gateway.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobIdMinterTest {

    private static final int PARTITIONS = 24;

    private final PartitionOwnership ownership = new PartitionOwnership();
    private final JobIdMinter minter = new JobIdMinter(ownership, PARTITIONS, InstantSource.system(), new Random(7));

    @Test
    void mintsForEveryOwnedPartitionAndNoOther() {
        ownership.gain(List.of(3, 17));

        Set<Integer> hit = Stream.generate(minter::mint)
                .limit(200)
                .map(id -> JobPartitioner.partitionOf(id.orElseThrow(), PARTITIONS))
                .collect(Collectors.toSet());
        assertEquals(Set.of(3, 17), hit);
    }

    @Test
    void mintsNothingWhereNothingIsOwned() {
        ownership.gain(List.of(3));
        ownership.lose(List.of(3));

        assertTrue(minter.mint().isEmpty());
    }

    @Test
    void mintsForASeriesWhereItsRequestsLie() {
        JobOrder order = new JobOrder(TenantId.DEFAULT, "order-4711");
        int partition = JobPartitioner.partitionOf(order, PARTITIONS);
        int other = (partition + 1) % PARTITIONS;
        assertEquals(partition, JobPartitioner.partitionOf(minter.mintAt(order), PARTITIONS));
        assertTrue(minter.mintNear(order).isEmpty());

        ownership.gain(List.of(other));
        assertEquals(partition, JobPartitioner.partitionOf(minter.mintAt(order), PARTITIONS));
        assertEquals(other, JobPartitioner.partitionOf(minter.mintNear(order).orElseThrow(), PARTITIONS));

        ownership.gain(List.of(partition));
        assertEquals(
                partition, JobPartitioner.partitionOf(minter.mintNear(order).orElseThrow(), PARTITIONS));
    }

    @Test
    void ownershipCanBeWaitedFor() throws InterruptedException {
        assertFalse(ownership.awaitOwned(Duration.ZERO));
        Thread assigning = Thread.startVirtualThread(() -> ownership.gain(List.of(1)));
        assertTrue(ownership.awaitOwned(Duration.ofMinutes(1)));
        assigning.join();
        ownership.lose(List.of(1));
        assertFalse(ownership.awaitOwned(Duration.ZERO));
    }

    @Test
    void aCallThatNobodyExpectsGetsNothing() {
        JobId id = JobId.mint(InstantSource.system().instant(), new Random(1));
        PendingReplies pendingReplies = new PendingReplies(ownership, PARTITIONS);

        assertFalse(pendingReplies.isExpected(id));
    }
}
