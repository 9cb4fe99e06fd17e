package io.genapi.runtime.control;

import java.io.Serial;

/** What is known of files, batches or endpoints can neither be read to its end nor added to now. Trying again is safe. */
public final class LogUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public LogUnavailableException(String message) {
        super(message);
    }
}
