package io.genapi.worker.config;

import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * How a worker works: {@code genapi.worker.*}.
 *
 * <p><b>Memory.</b> Whatever the topics hold, the bodies in a worker's heap are at most
 * <ul>
 *   <li>twice {@code max-bytes-in-flight} of jobs that run: a call holds the caller's body and the vendor's;
 *   <li>once more {@code max-bytes-in-flight} of what was read and cannot start yet, the same part of it for each lane,
 *       and beyond that one answer of {@link #FETCH_BYTES} of each broker in Kafka's client and one on its way;
 *   <li>what one poll unpacks, for an answer's bytes are compressed ones: {@link #POLL_RECORDS} bodies at most;
 * </ul>
 * so with the default of 192 MB and three brokers some 3 x 192 + 3 x 2 x 16 = 672 MB, which fits a heap of 1 GB unless
 * bodies are both large and repetitive. A single job of more than {@code max-bytes-in-flight} runs alone.
 *
 * @param maxInFlight jobs that it works on at once, 1 to 100000
 * @param maxInFlightPerPartition how many of them may be of one partition, at least 1
 * @param maxBytesInFlight bytes of the requests that it works on at once, also of bodies that lie elsewhere; 1MB to 1TB
 * @param lanes that it serves, at least one; what is parked is served by every worker
 * @param shares of {@code maxInFlight} that each lane can count on
 * @param maxAttempts vendor calls of one job that failed while its vendor worked, 1 to 100
 * @param parkAfter the longest pause of a job in place; for longer it is parked. At most 1m
 * @param admission when vendors may be called
 * @param connectTimeout to each address of a vendor's host, unless the vendor's entry in the catalog says otherwise
 * @param images that are fetched for vendors
 * @param stream how answers are streamed
 * @param bodies how those are opened that lie in the place of blobs
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
        @DefaultValue("192MB") DataSize maxBytesInFlight,
        @DefaultValue({"priority", "default", "flex"}) Set<Lane> lanes,
        @DefaultValue Shares shares,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("2s") Duration parkAfter,
        @DefaultValue AdmissionSettings admission,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue ImageSettings images,
        @DefaultValue StreamSettings stream,
        @DefaultValue BodySettings bodies,
        @DefaultValue("30s") Duration grace,
        @DefaultValue("10m") Duration handOverLease,
        @DefaultValue("4096") int metadataBudget) {

    private static final int SMALLEST_METADATA_BUDGET = 160;

    /** Bytes of one broker's answer; a larger record comes alone. */
    static final int FETCH_BYTES = 16 << 20;

    /** Bytes of one partition in it, so that no partition fills it alone. */
    static final int PARTITION_FETCH_BYTES = 1 << 20;

    /** Records of one poll, however small they are as they come. */
    static final int POLL_RECORDS = 50;

    private static final Duration LONGEST_PARK_AFTER = Duration.ofMinutes(1);

    /**
     * What each lane may always have in flight, in percent of {@code max-in-flight}: {@code genapi.worker.shares.*}. What
     * priority does not use stays free for it; the others lend. What is left of 100 goes around in turn, and is all that
     * parked jobs can count on while every lane is full, so that it must be at least 5.
     */
    public record Shares(
            @DefaultValue("20") int priority,
            @DefaultValue("50") @Name("default") int standard,
            @DefaultValue("20") int flex) {

        private static final int MOST_IN_ALL = 95;

        public Shares {
            requirePercent("priority", priority);
            requirePercent("default", standard);
            requirePercent("flex", flex);
            int inAll = priority + standard + flex;
            if (inAll > MOST_IN_ALL) {
                throw new IllegalArgumentException(
                        "genapi.worker.shares are %d + %d + %d = %d percent; lower them to %d in all, since parked jobs live on the rest"
                                .formatted(priority, standard, flex, inAll, MOST_IN_ALL));
            }
        }

        private static void requirePercent(String lane, int value) {
            if (value < 0 || value > 100) {
                throw new IllegalArgumentException(
                        "genapi.worker.shares.%s is %d; set it to a percentage from 0 to 100".formatted(lane, value));
            }
        }
    }

    public WorkerSettings {
        requireRange("max-in-flight", maxInFlight, 100_000);
        requireRange("max-in-flight-per-partition", maxInFlightPerPartition, 100_000);
        requireRange("max-attempts", maxAttempts, 100);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("hand-over-lease", handOverLease);
        if (maxBytesInFlight.toMegabytes() < 1 || maxBytesInFlight.toTerabytes() > 1) {
            throw new IllegalArgumentException(
                    "genapi.worker.max-bytes-in-flight is %s; set it to 1MB to 1TB, such as 192MB"
                            .formatted(maxBytesInFlight));
        }
        if (parkAfter.isNegative() || parkAfter.compareTo(LONGEST_PARK_AFTER) > 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.park-after is " + parkAfter + "; set it to 0s to 1m, such as 2s");
        }
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
