package io.genapi.store.job;

import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.JobApi;
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
 * @param awaited whether the caller held a connection open; not where a former version has read it
 * @param api by which it came; empty where a former version has read it
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
        boolean awaited,
        Optional<JobApi> api,
        Optional<Original> original,
        Optional<RecordPlace> place,
        Optional<JobId> redriveOf) {

    /** Who is to hear of its end. */
    Audience audience() {
        return new Audience(webhookEndpoint, awaited, api);
    }
}
