package io.genapi.store.query;

import java.time.Duration;
import java.util.Set;

/** Whether the table knows all that Kafka knew. Thread-safe. */
@FunctionalInterface
public interface Freshness {
    /**
     * Waits until everything that Kafka held for these partitions at the moment of the call is in the table; false if that
     * cannot be said in time.
     */
    boolean awaitCaughtUp(Set<Integer> partitions, Duration patience) throws InterruptedException;
}
