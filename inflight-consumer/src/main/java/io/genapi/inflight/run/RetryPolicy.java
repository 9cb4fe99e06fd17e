package io.genapi.inflight.run;

import java.time.Duration;

/**
 * Exponential back-off with full jitter.
 *
 * @param maxAttempts at least 1, the first one included
 * @param firstDelay the longest wait after the first failure; doubles with each further one
 * @param maxDelay where the doubling ends
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

    private static final int MOST_DOUBLINGS = 30;

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + "; give at least 1");
        }
        if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("retryFirstDelay is " + firstDelay + " and retryMaxDelay " + maxDelay
                    + "; give 0 or more, and the second no less than the first");
        }
    }

    /**
     * @param failures how many attempts have failed, at least 1
     * @param chance evenly distributed, from 0 to less than 1
     */
    RetryDecision afterFailure(int failures, double chance) {
        return failures >= maxAttempts
                ? new RetryDecision.GiveUp()
                : new RetryDecision.RetryAfter(delay(failures, chance));
    }

    /** How long to wait after so many failures where giving up is not an option. */
    Duration delay(int failures, double chance) {
        long doubled = firstDelay.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, maxDelay.toMillis());
        return Duration.ofMillis((long) (longest * chance));
    }
}
