package io.genapi.store.job;

import io.genapi.schemas.job.Lane;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job's request record said.
 *
 * @param deadline as the request named it
 * @param expiresAt when the job's time is over, also where its request named no deadline
 */
public record Submission(
        Lane lane,
        Instant submittedAt,
        Optional<Instant> deadline,
        Instant expiresAt,
        Optional<String> webhookEndpoint) {}
