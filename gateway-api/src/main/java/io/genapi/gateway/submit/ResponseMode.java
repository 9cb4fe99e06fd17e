package io.genapi.gateway.submit;

import java.time.Duration;

/** How a caller wants its answer. */
public sealed interface ResponseMode {

    /** On the same connection. */
    record Waiting() implements ResponseMode {}

    /**
     * By asking for it later, unless it comes soon.
     *
     * @param patience what the caller calls soon; zero where it does not want to wait at all
     */
    record Async(Duration patience) implements ResponseMode {}
}
