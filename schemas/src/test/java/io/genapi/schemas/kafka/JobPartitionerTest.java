package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class JobPartitionerTest {

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
