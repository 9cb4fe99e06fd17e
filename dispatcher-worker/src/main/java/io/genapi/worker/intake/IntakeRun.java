package io.genapi.worker.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One consumer's life, which ends when it is closed, or by itself when Kafka refuses it for good. Thread-safe. */
public interface IntakeRun {

    /** Begins to take jobs. */
    void start();

    /** Whether it has at least one partition. */
    boolean isAssigned();

    /** How many jobs it works on; those that it had begun go on when it has failed. */
    int inFlight();

    /**
     * Another worker claims these partitions: takes no more jobs of them, unless Kafka confirms that they are this one's.
     * Returns at once, also after the end.
     *
     * @return the offsets of the jobs that it has in hand
     */
    Map<Partition, Set<Long>> cede(Set<Partition> partitions);

    /** Why it ended by itself, in a sentence, if it did; it can be replaced from then on. */
    Optional<String> failure();

    /** Lets what runs finish within the grace, unless it has failed: then it is cut off. Returns when that is done. */
    void close();
}
