package io.genapi.worker.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * How a worker's own calls to a destination went. Immutable and pure.
 *
 * @param answeredStart when the latest started of those that were answered began
 * @param answeredAt when the latest answer came
 * @param failures since then, one after the other
 * @param failingSince when the first of them came; of no meaning without any
 */
record Experience(Instant answeredStart, Instant answeredAt, int failures, Instant failingSince) {

    static final Experience NONE = new Experience(Instant.MIN, Instant.MIN, 0, Instant.MIN);

    /** What was answered this lately says that the destination works. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    Experience answered(Instant startedAt, Instant now) {
        return new Experience(startedAt.isAfter(answeredStart) ? startedAt : answeredStart, now, 0, Instant.MIN);
    }

    Experience failed(Instant now) {
        return new Experience(answeredStart, answeredAt, failures + 1, failures == 0 ? now : failingSince);
    }

    /** Whether the last outcome was an answer, a moment ago. */
    boolean isGood(Instant now) {
        return failures == 0 && answeredAt.plus(LATELY).isAfter(now);
    }

    /** Whether a call that started since then was answered. */
    boolean contradicts(Instant trouble) {
        return answeredStart.isAfter(trouble);
    }
}
