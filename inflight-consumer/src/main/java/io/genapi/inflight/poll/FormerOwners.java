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
     * Has every other member that can be reached {@link Custody#cede cede} these partitions. Called on a virtual thread:
     * whenever partitions are assigned, of which nothing starts before it returns or {@link Claims#PATIENCE} is over, and
     * again from time to time while records of theirs wait for former owners.
     *
     * @throws Exception if nothing can be said; the records are then taken for nobody's
     */
    InHand claim(Set<TopicPartition> partitions) throws Exception;

    /**
     * What others have in hand.
     *
     * @param offsets by partition; may leave out partitions and name others
     * @param everybodySaid whether every member that may have something in hand has said so, or is known to be dead. What
     *     is not named then is nobody's
     */
    record InHand(Map<TopicPartition, Set<Long>> offsets, boolean everybodySaid) {

        static final InHand UNKNOWN = new InHand(Map.of(), false);

        public InHand {
            offsets = Map.copyOf(offsets);
        }

        Set<Long> of(TopicPartition partition) {
            return offsets.getOrDefault(partition, Set.of());
        }
    }
}
