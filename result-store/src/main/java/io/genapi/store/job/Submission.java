package io.genapi.store.job;

import io.genapi.schemas.job.Lane;
import java.time.Instant;
import java.util.Optional;

/** What a job's request record said. */
public record Submission(Lane lane, Instant submittedAt, Optional<Instant> deadline) {}
