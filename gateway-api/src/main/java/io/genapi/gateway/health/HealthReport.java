package io.genapi.gateway.health;

import io.genapi.schemas.control.VendorHealth;
import java.util.List;

/**
 * The health of the broker as one gateway finds it.
 *
 * @param kafka whether it answers this gateway
 * @param workers healthy if one lives
 * @param store healthy if one lives
 * @param vendors as all living workers together find them, by name
 */
public record HealthReport(
        Status status, Status kafka, Status workers, Status store, Situation situation, List<VendorHealth> vendors) {

    /** In the words of {@code GET /health}. */
    public enum Status {
        HEALTHY,
        /** Jobs are taken, but some or all of them wait. */
        DEGRADED,
        /** No jobs are taken. */
        UNHEALTHY
    }
}
