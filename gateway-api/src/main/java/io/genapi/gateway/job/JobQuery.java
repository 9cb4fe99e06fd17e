package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which jobs to list.
 *
 * @param limit 1 to 100
 * @param after only jobs older than this one
 * @param createdAfter only jobs created later than this
 * @param createdBefore only jobs created earlier than this
 * @param viewer for whom there are no jobs but its own; empty for who may see all
 */
public record JobQuery(
        int limit,
        Optional<JobId> after,
        Optional<JobStatus> status,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore,
        Optional<TenantId> viewer) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;
}
