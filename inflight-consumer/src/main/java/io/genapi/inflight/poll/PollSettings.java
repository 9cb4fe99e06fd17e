package io.genapi.inflight.poll;

import io.genapi.inflight.offset.MetadataBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link PollLoop} has to keep to.
 *
 * @param name of the consumer, for logs
 * @param topics to subscribe to
 * @param maxInFlight records that run at once, in all
 * @param maxInFlightPerPartition records of one partition that run at once
 * @param budget for the metadata of one partition's commits
 * @param commitInterval the least time between two commits
 * @param handOverLease how long the next owner leaves running records alone; absent if it could not find out how they
 *     ended
 * @param stopLease the same when this consumer stops: until then it has finished them or given them up
 * @param stragglerAfter the age from which a record that holds commits back is logged
 */
public record PollSettings(
        String name,
        Set<String> topics,
        int maxInFlight,
        int maxInFlightPerPartition,
        MetadataBudget budget,
        Duration commitInterval,
        Optional<Duration> handOverLease,
        Duration stopLease,
        Duration stragglerAfter) {}
