package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.util.Optional;

/**
 * A piece of the list of jobs, newest first.
 *
 * @param limit 1 to 100
 * @param after only jobs older than this one
 * @param tenant only this one's jobs
 */
public record PageRequest(
        int limit, Optional<JobId> after, Optional<JobStatus> status, Optional<TenantId> tenant, Period period) {}
