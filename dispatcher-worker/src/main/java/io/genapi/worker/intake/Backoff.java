package io.genapi.worker.intake;

import java.time.Duration;

/** From 1 to 2 s after the first failure to 15 to 30 s after the fifth and all later ones, evenly distributed. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Backoff() {}

    /**
     * @param failures in a row, at least 1
     * @param chance evenly distributed, from 0 to less than 1
     */
    static Duration after(int failures, double chance) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 10);
        long longest = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis((long) (longest * (1 + chance) / 2));
    }
}
