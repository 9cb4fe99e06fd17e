package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.util.Optional;

/**
 * Which jobs to list.
 *
 * @param limit 1 to 100
 * @param after only jobs older than this one
 */
public record JobQuery(int limit, Optional<JobId> after, Optional<JobStatus> status) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;
}
