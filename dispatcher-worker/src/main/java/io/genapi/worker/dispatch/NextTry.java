package io.genapi.worker.dispatch;

import java.time.Duration;
import java.time.Instant;

/** When a job that waits for something in place looks again: the longer it has waited, the rarer. */
public final class NextTry {

    /** The longest pause. */
    public static final Duration RAREST = Duration.ofSeconds(10);

    private static final Duration SOONEST = Duration.ofSeconds(1);

    private NextTry() {}

    /** A tenth of what it has waited since its submission, 1 to 10 s. */
    public static Duration after(Instant submitted, Instant now) {
        Duration tenth = Duration.between(submitted, now).dividedBy(10);
        return tenth.compareTo(RAREST) > 0 ? RAREST : tenth.compareTo(SOONEST) > 0 ? tenth : SOONEST;
    }
}
