package io.genapi.inflight.poll;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The group's other members, any of which may still have records of a partition in hand that Kafka has given to this one:
 * it lives, but was cut off from Kafka for longer than its session, and its last commits were not taken.
 */
@FunctionalInterface
public interface FormerOwners {

    /**
     * Has every other member that can be reached {@link Custody#cede cede} these partitions. Called on a virtual thread
     * whenever partitions are assigned; nothing of them starts before it returns, or {@link Claims#PATIENCE} is over.
     *
     * @return the offsets that any of them has in hand; may leave out partitions and name others
     * @throws Exception if nothing can be said; the records are then taken for nobody's
     */
    Map<TopicPartition, Set<Long>> claim(Set<TopicPartition> partitions) throws Exception;
}
