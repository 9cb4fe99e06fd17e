package io.genapi.schemas.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job has been through up to the last time it was parked, so that its end accounts for all of it.
 *
 * @param number how often it was parked; 0 of a job that never was
 * @param attempts vendor calls made
 * @param countedAttempts those among them that used up one of the job's attempts
 * @param vendorTime spent in them, all together
 * @param firstAttemptAt when the first of them started
 */
public record Parking(
        int number, int attempts, int countedAttempts, Duration vendorTime, Optional<Instant> firstAttemptAt) {

    /** Of a job that was never parked. */
    public static final Parking NONE = new Parking(0, 0, 0, Duration.ZERO, Optional.empty());
}
