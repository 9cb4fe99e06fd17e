package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class JobPartitionerTest {

    @Test
    void aKafkaClientThatTakesTenantAndOrderingKeyAsItsRecordsKeyMeetsTheSamePartition() {
        JobOrder order = new JobOrder(new TenantId("acme"), "order-4711/é");
        assertEquals(
                BuiltInPartitioner.partitionForKey("acme/order-4711/é".getBytes(StandardCharsets.UTF_8), 24),
                JobPartitioner.partitionOf(order, 24));
    }

    @Test
    void orderingKeysSpreadOverAllPartitions() {
        assertEquals(
                24,
                IntStream.range(0, 1_000)
                        .mapToObj(number -> new JobOrder(TenantId.DEFAULT, "order-" + number))
                        .map(order -> JobPartitioner.partitionOf(order, 24))
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    void agreesWithKafkasOwnProducer() {
        Random random = new Random(3);
        for (int round = 0; round < 10_000; round++) {
            JobId id = JobId.mint(Instant.ofEpochMilli(random.nextLong(1L << 48)), random);
            int partitions = random.nextInt(1, 200);
            assertEquals(
                    BuiltInPartitioner.partitionForKey(id.bytes(), partitions),
                    JobPartitioner.partitionOf(id, partitions));
        }
    }
}
