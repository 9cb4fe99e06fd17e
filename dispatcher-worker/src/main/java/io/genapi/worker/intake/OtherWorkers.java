package io.genapi.worker.intake;

import java.util.Map;
import java.util.Set;

/** The workers besides this one, any of which may still work on jobs of partitions that Kafka has given to this one. */
@FunctionalInterface
public interface OtherWorkers {

    /**
     * Has each of them take no more jobs of these partitions. Takes no longer than its patience with one of them.
     *
     * @return the offsets of the jobs that they have in hand; those that cannot be reached say nothing
     */
    Map<Partition, Set<Long>> claim(Set<Partition> partitions) throws InterruptedException;
}
