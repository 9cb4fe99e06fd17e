package io.genapi.gateway.submit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much time a caller gives.
 *
 * @param deadline of the job; it may lie behind the end of the call
 * @param patience with silence on the connection, after which the caller hangs up
 */
public record CallerTime(Optional<Instant> deadline, Optional<Duration> patience) {

    public static final CallerTime UNLIMITED = new CallerTime(Optional.empty(), Optional.empty());

    /** How long the caller may be kept waiting, where the broker has its own bound. */
    public Duration patience(Duration atMost) {
        return patience.filter(given -> given.compareTo(atMost) < 0).orElse(atMost);
    }
}
