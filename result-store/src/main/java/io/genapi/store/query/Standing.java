package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;

/**
 * How far a job has come, without what came of it.
 *
 * @param parkNumber how often it was parked
 */
public record Standing(JobId id, JobStatus status, int parkNumber) {}
