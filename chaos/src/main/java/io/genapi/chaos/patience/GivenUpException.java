package io.genapi.chaos.patience;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What was waited for did not come, or cannot come any more; the message says what it was. */
public final class GivenUpException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public GivenUpException(String message) {
        super(message);
    }

    /** @param cause what stood in the way at the last look */
    public GivenUpException(String message, @Nullable Throwable cause) {
        super(cause == null ? message : message + ": " + cause, cause);
    }
}
