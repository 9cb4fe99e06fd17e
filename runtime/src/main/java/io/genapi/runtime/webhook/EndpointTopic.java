package io.genapi.runtime.webhook;

import io.genapi.runtime.control.SerialChanges;
import io.genapi.runtime.control.SharedLog;
import java.time.Duration;

/**
 * {@code genapi.webhook-endpoints} and {@code genapi.webhook-standings}, which gateways and stores read whole into their
 * directory. They are two topics, for stores write in transactions, and none of theirs is to be in the way of whoever reads
 * or changes an endpoint. Thread-safe.
 */
public final class EndpointTopic implements SerialChanges.Log, AutoCloseable {

    private final SharedLog endpoints;
    private final SharedLog standings;

    /** Both logs are its own from here on. */
    public EndpointTopic(SharedLog endpoints, SharedLog standings) {
        this.endpoints = endpoints;
        this.standings = standings;
    }

    public void start() {
        endpoints.start();
        standings.start();
    }

    /** Whether the directory knows all that lay on the topics at the start. */
    public boolean isCaughtUp() {
        return endpoints.isCaughtUp() && standings.isCaughtUp();
    }

    /**
     * Returns when the directory knows all that lay on the topics at the start.
     *
     * @throws io.genapi.runtime.service.StartException if that takes longer
     */
    public void awaitCaughtUp(Duration longest) {
        endpoints.awaitCaughtUp(longest);
        standings.awaitCaughtUp(longest);
    }

    /**
     * Returns when the directory knows all endpoints that were registered before, so that what it misses is not there, and
     * how they did as far as stores have told it for good.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not tell
     */
    public void catchUp() throws InterruptedException {
        endpoints.catchUp();
        standings.catchUp();
    }

    /**
     * The same with a patience of its own.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if one of the topics, or one of Kafka's answers, takes longer
     */
    @Override
    public void catchUp(Duration longest) throws InterruptedException {
        endpoints.catchUp(longest);
        standings.catchUp(longest);
    }

    /**
     * Returns when the directory knows all endpoints that were registered, changed or removed before. What it knows of how they
     * did may be older.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not tell in about that time
     */
    public void catchUpWithWishes(Duration longest) throws InterruptedException {
        endpoints.catchUp(longest);
    }

    @Override
    public void awaitTaken(long offset, Duration longest) throws InterruptedException {
        endpoints.awaitTaken(offset, longest);
    }

    @Override
    public void expect(long offset) {
        endpoints.expect(offset);
    }

    @Override
    public boolean hasTaken(long offset) {
        return endpoints.hasTaken(offset);
    }

    @Override
    public void close() {
        endpoints.close();
        standings.close();
    }
}
