package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.offset.MetadataBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link PollLoop} has to keep to.
 *
 * @param name of the consumer, for logs
 * @param lanes of whose topics it reads to begin with; they keep to {@link io.genapi.inflight.lane.LaneRules}
 * @param maxInFlight records that run at once, in all
 * @param maxInFlightPerPartition records of one partition that run at once
 * @param maxWaitingPerPartition read records of one partition that wait for others of their ordering key or were set
 *     aside, from which on no more of it are read
 * @param maxBytesInFlight bytes of the records that run at once, unless it is only one
 * @param budget for the map in the metadata of one partition's commits
 * @param commitInterval the least time between two commits
 * @param handOverLease how long the next owner leaves running records alone; absent if it could not find out how they
 *     ended
 * @param stopLease the same when this consumer stops: until then it has finished them or given them up
 * @param stragglerAfter the age from which a record that holds commits back is logged
 */
public record PollSettings(
        String name,
        List<Lane> lanes,
        int maxInFlight,
        int maxInFlightPerPartition,
        int maxWaitingPerPartition,
        long maxBytesInFlight,
        MetadataBudget budget,
        Duration commitInterval,
        Optional<Duration> handOverLease,
        Duration stopLease,
        Duration stragglerAfter) {

    /** What the metadata has besides the budget, to name the topic. */
    public static final int TOPIC_MARK_BYTES = TopicMark.LENGTH;
}
