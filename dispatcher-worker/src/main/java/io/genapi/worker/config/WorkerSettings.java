package io.genapi.worker.config;

import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a worker works: {@code genapi.worker.*}.
 *
 * @param maxInFlight jobs that it works on at once, 1 to 100000
 * @param maxInFlightPerPartition how many of them may be of one partition, at least 1
 * @param lanes that it serves, at least one
 * @param maxAttempts vendor calls of one job, 1 to 100
 * @param connectTimeout to each address of a vendor's host
 * @param grace how long running jobs may go on after SIGTERM
 * @param handOverLease how long another worker leaves a job alone that this one still ran when its partition moved;
 *     longer than a call takes, or it is made twice; at least the grace
 * @param metadataBudget bytes of a commit's metadata, where finished jobs are noted that lie behind unfinished ones; no
 *     more than the brokers' {@code offset.metadata.max.bytes}; at least 160
 */
@ConfigurationProperties("genapi.worker")
public record WorkerSettings(
        @DefaultValue("4000") int maxInFlight,
        @DefaultValue("1000") int maxInFlightPerPartition,
        @DefaultValue({"priority", "default", "flex"}) Set<Lane> lanes,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration grace,
        @DefaultValue("10m") Duration handOverLease,
        @DefaultValue("4096") int metadataBudget) {

    private static final int SMALLEST_METADATA_BUDGET = 160;

    public WorkerSettings {
        requireRange("max-in-flight", maxInFlight, 100_000);
        requireRange("max-in-flight-per-partition", maxInFlightPerPartition, 100_000);
        requireRange("max-attempts", maxAttempts, 100);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("hand-over-lease", handOverLease);
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "genapi.worker.grace is " + grace + "; set it to 0s or more, such as 30s");
        }
        if (handOverLease.compareTo(grace) < 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.hand-over-lease is %s; set it to at least genapi.worker.grace, which is %s"
                            .formatted(handOverLease, grace));
        }
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException(
                    "genapi.worker.lanes is empty; name at least one of priority, default, flex");
        }
        if (metadataBudget < SMALLEST_METADATA_BUDGET) {
            throw new IllegalArgumentException(
                    "genapi.worker.metadata-budget is %d; set it to %d or more, and no more than the brokers' offset.metadata.max.bytes"
                            .formatted(metadataBudget, SMALLEST_METADATA_BUDGET));
        }
        lanes = Set.copyOf(lanes);
    }

    private static void requireRange(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "genapi.worker.%s is %d; set it to a number from 1 to %d".formatted(setting, value, most));
        }
    }

    private static void requirePositive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.worker.%s is %s; set it to a positive duration such as 5s".formatted(setting, value));
        }
    }
}
