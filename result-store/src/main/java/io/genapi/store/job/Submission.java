package io.genapi.store.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job's request record said.
 *
 * @param deadline as the request named it
 * @param expiresAt when the job's time is over, also where its request named no deadline
 * @param original that record itself, where it has an idempotency key
 * @param place where that record lies; empty where a former version has read it
 * @param redriveOf the ended job that it is another go at
 */
public record Submission(
        Lane lane,
        Instant submittedAt,
        Optional<Instant> deadline,
        Instant expiresAt,
        Optional<String> webhookEndpoint,
        Optional<Original> original,
        Optional<RecordPlace> place,
        Optional<JobId> redriveOf) {}
