package io.genapi.schemas.control;

import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one worker finds one vendor, over its most recent calls.
 *
 * @param responseTime mean, of the calls that got an answer; empty before the first
 * @param lastCheck when the most recent call ended; empty before the first
 * @param errorRate failed calls as a share of all, 0 to 1
 */
public record VendorHealth(
        VendorName vendor,
        Status status,
        Optional<Duration> responseTime,
        Optional<Instant> lastCheck,
        double errorRate) {

    public VendorHealth {
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException(
                    "the errorRate of vendor '" + vendor + "' must be from 0 to 1, not " + errorRate);
        }
    }

    /** In the words of {@code GET /health}. */
    public enum Status {
        HEALTHY,
        DEGRADED,
        UNHEALTHY,
        /** Not asked yet. */
        UNKNOWN
    }
}
