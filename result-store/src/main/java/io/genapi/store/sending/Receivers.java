package io.genapi.store.sending;

import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sends messages to addresses that tenants wrote, of which nothing is to be believed. Thread-safe. */
@FunctionalInterface
public interface Receivers {

    /**
     * What came of sending.
     *
     * @param latency until the answer's head was there, or the failure
     */
    record Report(Outcome outcome, Duration latency) {}

    /** Sends one message, once; blocks until it is answered, has failed, or has taken its time. */
    Report post(URI url, Map<String, String> headers, byte[] body) throws InterruptedException;
}
