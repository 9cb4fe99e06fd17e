package io.genapi.store.webhook;

import java.time.Duration;

/**
 * How much an endpoint is sent at a time.
 *
 * @param firstWindow deliveries under way at once, to begin with
 * @param largestWindow to which successes let that grow, one by one
 * @param shortestRest after a sign of too much; each further one doubles it
 * @param longestRest up to this
 * @param perSecond deliveries begun, with a second's worth of them at once; 0 for as many as the window allows
 */
public record EndpointLimits(
        int firstWindow, int largestWindow, Duration shortestRest, Duration longestRest, double perSecond) {

    public static final EndpointLimits STANDARD =
            new EndpointLimits(4, 32, Duration.ofSeconds(1), Duration.ofMinutes(1), 0);

    public EndpointLimits {
        if (firstWindow < 1 || largestWindow < firstWindow) {
            throw new IllegalArgumentException("a window of %d that grows to %d; it must be at least 1 and not shrink"
                    .formatted(firstWindow, largestWindow));
        }
        if (!shortestRest.isPositive() || longestRest.compareTo(shortestRest) < 0) {
            throw new IllegalArgumentException(
                    "a rest of %s to %s; it must be positive and not shrink".formatted(shortestRest, longestRest));
        }
        if (!(perSecond >= 0)) {
            throw new IllegalArgumentException(perSecond + " deliveries per second; it must not be negative");
        }
    }
}
