package io.genapi.schemas.kafka;

import io.genapi.schemas.job.JobId;
import org.apache.kafka.common.utils.Utils;

/** Where records keyed by a job id lie: Kafka's own default for keyed records, murmur2 of the key. */
public final class JobPartitioner {

    private JobPartitioner() {}

    /** @param partitions how many the topic has, the same for every topic that is keyed by job id */
    public static int partitionOf(JobId id, int partitions) {
        return Utils.toPositive(Utils.murmur2(id.bytes())) % partitions;
    }
}
