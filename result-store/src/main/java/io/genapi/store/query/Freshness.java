package io.genapi.store.query;

/** Whether the table knows all that Kafka knew. Thread-safe. */
@FunctionalInterface
public interface Freshness {
    /**
     * Waits, for a bounded time, until everything that Kafka held for a partition at the moment of the call is in the
     * table; false if that cannot be said.
     */
    boolean awaitCaughtUp(int partition) throws InterruptedException;
}
