package io.genapi.benchmarks.process;

import java.io.Serial;

/** A process of the benchmark's ended before it should; the message has the last that it said. */
public final class ChildFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ChildFailedException(String message) {
        super(message);
    }
}
