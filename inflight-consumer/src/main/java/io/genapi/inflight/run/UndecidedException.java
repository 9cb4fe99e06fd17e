package io.genapi.inflight.run;

import java.time.Duration;

/** What becomes of a record cannot be told yet. */
public final class UndecidedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration askAgainAfter;

    /**
     * @param askAgainAfter 0 or more
     * @throws IllegalArgumentException if the time is negative
     */
    public UndecidedException(Duration askAgainAfter) {
        super("it cannot be told yet what becomes of the record; it is asked about again in " + askAgainAfter);
        if (askAgainAfter.isNegative()) {
            throw new IllegalArgumentException("askAgainAfter is " + askAgainAfter + "; give 0 or more");
        }
        this.askAgainAfter = askAgainAfter;
    }

    public Duration askAgainAfter() {
        return askAgainAfter;
    }
}
