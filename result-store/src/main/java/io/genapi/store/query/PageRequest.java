package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.util.Optional;

/**
 * A piece of the list of jobs, newest first.
 *
 * @param limit 1 to 100
 * @param after only jobs older than this one
 */
public record PageRequest(int limit, Optional<JobId> after, Optional<JobStatus> status) {}
