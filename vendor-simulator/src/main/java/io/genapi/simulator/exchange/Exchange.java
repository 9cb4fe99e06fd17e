package io.genapi.simulator.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One request and the way to answer it, used by a single thread. That thread is interrupted when the client leaves
 * before {@link #finish()}, so every wait on it ends then.
 */
public interface Exchange {

    VendorRequest request();

    /** Why the request could not be read, if it could not: its body is then empty. */
    Reading reading();

    /** Waits for the client's patience or the duration, whichever ends first. */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Begins the answer; nothing is sent before {@link #flush()} or {@link #finish()}.
     *
     * @param contentLength in bytes; empty for a chunked body
     */
    void head(int status, Map<String, String> headers, OptionalInt contentLength);

    /** Adds to the body. */
    void write(byte[] bytes);

    /** Sends what was written so far. */
    void flush();

    /** Sends the rest, ends the answer and tells whether the client was still there to take it. */
    boolean finish();

    /** Closes the connection after what was flushed, however incomplete that is. */
    void drop();

    /** Whether the request arrived whole. */
    enum Reading {
        WHOLE,
        NOT_HTTP,
        BODY_TOO_LARGE
    }
}
