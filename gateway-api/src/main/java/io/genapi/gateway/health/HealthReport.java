package io.genapi.gateway.health;

import io.genapi.schemas.control.VendorHealth;
import java.util.List;

/**
 * The health of the broker as one gateway finds it.
 *
 * @param kafka whether it answers this gateway
 * @param workers healthy if one lives
 * @param store healthy if one lives
 * @param catalog healthy if what its file says counts in every process
 * @param vendors as all living workers together find them, by name
 */
public record HealthReport(
        Status status,
        Status kafka,
        Status workers,
        Status store,
        Status catalog,
        Situation situation,
        List<VendorHealth> vendors) {

    /** In the words of {@code GET /health}. */
    public enum Status {
        HEALTHY,
        /** Jobs are taken, but some or all of them wait, or go by a catalog that its file no longer says. */
        DEGRADED,
        /** No jobs are taken. */
        UNHEALTHY
    }
}
