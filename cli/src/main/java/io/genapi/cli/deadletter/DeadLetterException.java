package io.genapi.cli.deadletter;

import java.io.Serial;

/** Kafka answers, but letters cannot be read or put back; the message says why and what to do. */
public final class DeadLetterException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DeadLetterException(String message) {
        super(message);
    }
}
