package io.genapi.inflight;

import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.lane.LaneRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How an {@link InflightConsumer} works. Immutable; {@link #of} for the defaults, {@link #builder} to change some.
 *
 * @param name of threads, metrics and log lines
 * @param lanes whose topics it subscribes to, at least one; their shares are no more than {@code maxInFlight} in all
 * @param maxInFlight how many records run at once in this consumer, at least 1
 * @param maxInFlightPerPartition how many of them may be of one partition, at least 1
 * @param maxWaitingPerPartition how many read records of one partition may wait for others of their ordering key, or set
 *     aside, before it is paused; at least 1
 * @param maxBytesInFlight how many bytes of keys, values and headers run at once, at least 1. A record of more than
 *     that runs alone
 * @param metadataBudgetBytes the broker's {@code offset.metadata.max.bytes}, or less; at least 160
 * @param commitInterval the least time between two commits
 * @param grace how long {@link InflightConsumer#close()} waits for running records before it interrupts them
 * @param maxAttempts calls of the handler before a record is poison, at least 1
 * @param retryFirstDelay the longest wait after a first failed attempt; doubles from there on, with full jitter
 * @param retryMaxDelay where the doubling ends
 * @param handOverLease how long the next owner of a partition leaves alone what still ran when it moved; longer than
 *     a record takes. Used only if there is a {@link HandOverCheck}
 * @param stragglerAfter the age from which a record that holds a partition's commits back is logged
 */
public record InflightOptions(
        String name,
        List<Lane> lanes,
        int maxInFlight,
        int maxInFlightPerPartition,
        int maxWaitingPerPartition,
        long maxBytesInFlight,
        int metadataBudgetBytes,
        Duration commitInterval,
        Duration grace,
        int maxAttempts,
        Duration retryFirstDelay,
        Duration retryMaxDelay,
        Duration handOverLease,
        Duration stragglerAfter) {

    /** A useful map and the topic's name for itself. */
    private static final int SMALLEST_METADATA = 160;

    public InflightOptions {
        lanes = List.copyOf(lanes);
        requirePositive("maxInFlight", maxInFlight);
        requirePositive("maxInFlightPerPartition", maxInFlightPerPartition);
        requirePositive("maxWaitingPerPartition", maxWaitingPerPartition);
        requirePositive("maxBytesInFlight", maxBytesInFlight);
        if (metadataBudgetBytes < SMALLEST_METADATA) {
            throw new IllegalArgumentException(
                    "metadataBudgetBytes is " + metadataBudgetBytes + ", which holds no useful map; give at least "
                            + SMALLEST_METADATA + " (Kafka's default for offset.metadata.max.bytes is 4096)");
        }
        requireNotNegative("commitInterval", commitInterval);
        requireNotNegative("grace", grace);
        requireNotNegative("handOverLease", handOverLease);
        requireNotNegative("stragglerAfter", stragglerAfter);
        LaneRules.check(maxInFlight, lanes);
    }

    /** The defaults of {@link Builder}, for one lane with everything. */
    public static InflightOptions of(String name, String... topics) {
        return builder(name).topics(topics).build();
    }

    /** Say at least {@link Builder#topics} or {@link Builder#lanes}. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    private static void requirePositive(String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " is " + value + "; give at least 1");
        }
    }

    private static void requireNotNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + " is " + value + "; give 0 or more");
        }
    }

    /** Collects what differs from the defaults. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private List<Lane> lanes = List.of();
        private int maxInFlight = 1_000;
        private int maxInFlightPerPartition = 1_000;
        private int maxWaitingPerPartition = 1_000;
        private long maxBytesInFlight = Long.MAX_VALUE;
        private int metadataBudgetBytes = 4_096;
        private Duration commitInterval = Duration.ofMillis(100);
        private Duration grace = Duration.ofSeconds(30);
        private int maxAttempts = 5;
        private Duration retryFirstDelay = Duration.ofMillis(200);
        private Duration retryMaxDelay = Duration.ofSeconds(10);
        private Duration handOverLease = Duration.ofMinutes(2);
        private Duration stragglerAfter = Duration.ofMinutes(1);

        private Builder(String name) {
            this.name = name;
        }

        /** One lane with these topics and all permits. */
        public Builder topics(String... topics) {
            return lanes(List.of(new Lane(name, Set.of(topics), 0, true, Gate.OPEN)));
        }

        /** Which topics, and how they share the permits. */
        public Builder lanes(List<Lane> value) {
            lanes = value;
            return this;
        }

        /** Records that run at once; 1,000 by default. */
        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        /** Those of one partition; 1,000 by default. */
        public Builder maxInFlightPerPartition(int value) {
            maxInFlightPerPartition = value;
            return this;
        }

        /** Those that wait for others of their ordering key, or were set aside; 1,000 by default. */
        public Builder maxWaitingPerPartition(int value) {
            maxWaitingPerPartition = value;
            return this;
        }

        /** Bytes of the records that run at once; no bound by default. */
        public Builder maxBytesInFlight(long value) {
            maxBytesInFlight = value;
            return this;
        }

        /** Length of a commit's metadata; 4,096 by default, as the broker's. */
        public Builder metadataBudgetBytes(int value) {
            metadataBudgetBytes = value;
            return this;
        }

        /** Between two commits; 100 ms by default. */
        public Builder commitInterval(Duration value) {
            commitInterval = value;
            return this;
        }

        /** For running records when the consumer is closed; 30 s by default. */
        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        /** Attempts per record and the back-off between them; 5, from 200 ms to 10 s by default. */
        public Builder retries(int attempts, Duration firstDelay, Duration maxDelay) {
            maxAttempts = attempts;
            retryFirstDelay = firstDelay;
            retryMaxDelay = maxDelay;
            return this;
        }

        /** Longer than a record takes; 2 min by default. */
        public Builder handOverLease(Duration value) {
            handOverLease = value;
            return this;
        }

        /** Until a record that holds commits back is logged; 1 min by default. */
        public Builder stragglerAfter(Duration value) {
            stragglerAfter = value;
            return this;
        }

        /** @throws IllegalArgumentException that names the option, its value and the remedy */
        public InflightOptions build() {
            return new InflightOptions(
                    name,
                    lanes,
                    maxInFlight,
                    maxInFlightPerPartition,
                    maxWaitingPerPartition,
                    maxBytesInFlight,
                    metadataBudgetBytes,
                    commitInterval,
                    grace,
                    maxAttempts,
                    retryFirstDelay,
                    retryMaxDelay,
                    handOverLease,
                    stragglerAfter);
        }
    }
}
