package io.genapi.schemas.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a batch stands, in OpenAI's words. */
public enum BatchStatus {
    /** Its file is looked at; no request has begun. */
    VALIDATING,
    /** Its file cannot be used. */
    FAILED,
    IN_PROGRESS,
    /** All requests have ended; the files with what came of them are written. */
    FINALIZING,
    COMPLETED,
    /** Its time was over before all requests had ended. */
    EXPIRED,
    /** Requests that have not ended are being stopped. */
    CANCELLING,
    CANCELLED;

    /** Whether nothing will happen to it any more. */
    public boolean isTerminal() {
        return switch (this) {
            case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING -> false;
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> true;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BatchStatus> fromWireName(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(text))
                .findFirst();
    }
}
