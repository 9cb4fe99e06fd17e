package io.genapi.simulator.fault;

import java.time.Duration;

/**
 * A time in which every call meets the same fault.
 *
 * @param after from now until it begins, not negative
 * @param lasting positive
 */
public record Outage(Duration after, Duration lasting, Fault fault) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public Outage {
        if (after.isNegative() || after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("after: " + after + " must lie between 0s and 24h, such as 5s");
        }
        if (!lasting.isPositive() || lasting.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("for: " + lasting + " must be above 0 and at most 24h, such as 30s");
        }
        if (fault instanceof Fault.None) {
            throw new IllegalArgumentException("fault: none makes no outage; choose one, such as status");
        }
    }
}
