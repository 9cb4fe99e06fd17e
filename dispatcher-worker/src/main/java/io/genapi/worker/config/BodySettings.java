package io.genapi.worker.config;

import io.genapi.schemas.job.ClaimCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How bodies are opened that lie in the place of blobs: {@code genapi.worker.bodies.*}.
 *
 * @param patience with the place, for one of them; then its job waits for a later attempt. 100ms to 1m
 * @param atOnce how many are opened at a time, 1 to 1000; each takes as much memory as its body, and may hang for as long as the place
 *     does
 */
public record BodySettings(
        @DefaultValue("5s") Duration patience,
        @DefaultValue("8") int atOnce) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 1_000;

    public BodySettings {
        if (patience.compareTo(SHORTEST) < 0 || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "genapi.worker.bodies.patience is %s; set it to 100ms to 1m, such as 5s".formatted(patience));
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException("genapi.worker.bodies.at-once is %d; set it to a number from 1 to %d"
                    .formatted(atOnce, MOST_AT_ONCE));
        }
    }

    /** Those that hang leave half of the bytes and of the permits to other jobs. */
    int atOnce(long maxBytesInFlight, int maxInFlight) {
        long ofBytes = maxBytesInFlight / 2 / ClaimCheck.LARGEST;
        return Math.clamp(Math.min(ofBytes, maxInFlight / 2), 1, atOnce);
    }
}
