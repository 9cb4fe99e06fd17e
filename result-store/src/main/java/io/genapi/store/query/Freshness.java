package io.genapi.store.query;

import java.time.Duration;
import java.util.Set;

/** Which parts of the table know all that Kafka knew. Thread-safe. */
@FunctionalInterface
public interface Freshness {
    /**
     * Waits until everything that Kafka held for these partitions at the moment of the call is in the table; tells those of
     * which that can be said in time.
     */
    Set<Integer> awaitCaughtUp(Set<Integer> partitions, Duration patience) throws InterruptedException;
}
