package io.genapi.worker.stream;

import java.io.Serial;

/** A piece of an answer did not get to where its caller reads it, and never will. */
public final class UndeliveredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UndeliveredException(Throwable cause) {
        super("Kafka did not take a piece of a streamed answer", cause);
    }
}
