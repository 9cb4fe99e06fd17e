package io.genapi.schemas.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where jobs' records lie: Kafka's own default for keyed records, murmur2 of the key. */
public final class JobPartitioner {

    private JobPartitioner() {}

    /** @param partitions how many the topic has, the same for every topic that is keyed by job id */
    public static int partitionOf(JobId id, int partitions) {
        return partitionOf(id.bytes(), partitions);
    }

    /**
     * Where the requests of a series lie: in the partition of the record key {@code <tenant>/<ordering key>}, so that a
     * Kafka client can choose the same one.
     *
     * @param partitions how many the request topics have
     */
    public static int partitionOf(JobOrder order, int partitions) {
        return partitionOf((order.tenant() + "/" + order.key()).getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** The same of what is no job, to share it out as evenly. */
    public static int partitionOf(String id, int partitions) {
        return partitionOf(id.getBytes(StandardCharsets.UTF_8), partitions);
    }

    private static int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
