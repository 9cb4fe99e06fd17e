package io.genapi.worker.intake;

import java.util.Map;
import java.util.Set;

/** The workers besides this one, any of which may still work on jobs of partitions that Kafka has given to this one. */
@FunctionalInterface
public interface OtherWorkers {

    /** Has each of them take no more jobs of these partitions. Takes no longer than its patience with one of them. */
    InHand claim(Set<Partition> partitions) throws InterruptedException;

    /**
     * What they have in hand.
     *
     * @param offsets of the jobs, by partition
     * @param everybodySaid whether each of them has answered, or is known to be dead
     */
    record InHand(Map<Partition, Set<Long>> offsets, boolean everybodySaid) {

        public InHand {
            offsets = Map.copyOf(offsets);
        }
    }
}
