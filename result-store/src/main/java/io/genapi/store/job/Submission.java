package io.genapi.store.job;

import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.Original;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job's request record said.
 *
 * @param deadline as the request named it
 * @param expiresAt when the job's time is over, also where its request named no deadline
 * @param original that record itself, where it has an idempotency key
 */
public record Submission(
        Lane lane,
        Instant submittedAt,
        Optional<Instant> deadline,
        Instant expiresAt,
        Optional<String> webhookEndpoint,
        Optional<Original> original) {}
