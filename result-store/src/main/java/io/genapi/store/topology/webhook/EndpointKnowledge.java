package io.genapi.store.topology.webhook;

/**
 * Whether the directory of endpoints is to be believed where it has none. For a record that is handed to the topology it always
 * is; for what lies in its store, which another process may have decided, it is when this says so. Thread-safe.
 */
@FunctionalInterface
public interface EndpointKnowledge {

    /** Whether all endpoints are known that there were when this process took over what it schedules. */
    boolean isCurrent();
}
