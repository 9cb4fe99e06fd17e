package io.genapi.schemas.control;

import io.genapi.schemas.job.JobId;
import java.time.Instant;

/** A caller has come back for a job that it submitted before. Whoever submitted it no longer ends it by going away. */
public record Attachment(JobId id, Instant at) {}
