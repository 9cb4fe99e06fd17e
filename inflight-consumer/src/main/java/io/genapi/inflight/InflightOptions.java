package io.genapi.inflight;

import java.time.Duration;
import java.util.Set;

/**
 * How an {@link InflightConsumer} works. Immutable; start from {@link #of} and change what differs.
 *
 * @param name of threads, metrics and log lines
 * @param topics subscribed to, at least one
 * @param maxInFlight how many records run at once in this consumer, at least 1
 * @param maxInFlightPerPartition how many of them may be of one partition, at least 1
 * @param metadataBudgetBytes the broker's {@code offset.metadata.max.bytes}, or less
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
        Set<String> topics,
        int maxInFlight,
        int maxInFlightPerPartition,
        int metadataBudgetBytes,
        Duration commitInterval,
        Duration grace,
        int maxAttempts,
        Duration retryFirstDelay,
        Duration retryMaxDelay,
        Duration handOverLease,
        Duration stragglerAfter) {

    public InflightOptions {
        topics = Set.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics of " + name + " is empty; name at least one");
        }
        requirePositive("maxInFlight", maxInFlight);
        requirePositive("maxInFlightPerPartition", maxInFlightPerPartition);
        requireNotNegative("commitInterval", commitInterval);
        requireNotNegative("grace", grace);
        requireNotNegative("handOverLease", handOverLease);
        requireNotNegative("stragglerAfter", stragglerAfter);
    }

    /** 1,000 records in flight, commits every 100 ms, 30 s of grace, 5 attempts, a lease of 2 min. */
    public static InflightOptions of(String name, String... topics) {
        return new InflightOptions(
                name,
                Set.of(topics),
                1_000,
                1_000,
                4_096,
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                5,
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1));
    }

    /** Bounds of the records that run at once, in all and for each partition. */
    public InflightOptions withMaxInFlight(int inAll, int perPartition) {
        return new InflightOptions(
                name,
                topics,
                inAll,
                perPartition,
                metadataBudgetBytes,
                commitInterval,
                grace,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                handOverLease,
                stragglerAfter);
    }

    public InflightOptions withMetadataBudgetBytes(int bytes) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                bytes,
                commitInterval,
                grace,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                handOverLease,
                stragglerAfter);
    }

    public InflightOptions withCommitInterval(Duration interval) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                metadataBudgetBytes,
                interval,
                grace,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                handOverLease,
                stragglerAfter);
    }

    public InflightOptions withGrace(Duration period) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                metadataBudgetBytes,
                commitInterval,
                period,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                handOverLease,
                stragglerAfter);
    }

    /** Attempts per record and the back-off between them. */
    public InflightOptions withRetries(int attempts, Duration firstDelay, Duration maxDelay) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                metadataBudgetBytes,
                commitInterval,
                grace,
                attempts,
                firstDelay,
                maxDelay,
                handOverLease,
                stragglerAfter);
    }

    public InflightOptions withHandOverLease(Duration lease) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                metadataBudgetBytes,
                commitInterval,
                grace,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                lease,
                stragglerAfter);
    }

    public InflightOptions withStragglerAfter(Duration age) {
        return new InflightOptions(
                name,
                topics,
                maxInFlight,
                maxInFlightPerPartition,
                metadataBudgetBytes,
                commitInterval,
                grace,
                maxAttempts,
                retryFirstDelay,
                retryMaxDelay,
                handOverLease,
                age);
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " is " + value + "; give at least 1");
        }
    }

    private static void requireNotNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + " is " + value + "; give 0 or more");
        }
    }
}
