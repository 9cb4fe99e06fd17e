package io.genapi.schemas.control;

import io.genapi.schemas.job.JobId;
import java.time.Instant;

/** Somebody wants a job to end. Whoever runs it stops; whoever comes to it later does not begin. */
public record Cancellation(JobId id, Instant requestedAt) {}
