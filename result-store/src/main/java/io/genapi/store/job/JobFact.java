package io.genapi.store.job;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One thing that a Kafka record says about a job. Facts of one job may arrive in any order and more than once. */
public sealed interface JobFact {
    Origin origin();

    /**
     * What every fact tells.
     *
     * @param correlation as the job's end must carry it on
     * @param recordedAt the record's own timestamp: what Kafka's retention goes by
     */
    record Origin(JobId id, TenantId tenant, Correlation correlation, RequestId requestId, Instant recordedAt) {}

    /**
     * The job was submitted.
     *
     * @param deadline as its request named it
     * @param expiresAt when its time is over, also where its request named no deadline
     * @param awaited whether the caller held a connection open; not in summaries of former versions
     * @param api by which it came; empty in summaries of former versions
     * @param original the record that says so, where it has an idempotency key
     * @param place where that record lies; empty in summaries of former versions
     * @param redriveOf the ended job that it is another go at
     */
    record Requested(
            Origin origin,
            Lane lane,
            Instant submittedAt,
            Optional<Instant> deadline,
            Instant expiresAt,
            Optional<String> webhookEndpoint,
            boolean awaited,
            Optional<JobApi> api,
            Optional<Original> original,
            Optional<RecordPlace> place,
            Optional<JobId> redriveOf)
            implements JobFact {}

    /** A worker took it up. */
    record Started(Origin origin, Instant at, int attempt, Optional<VendorName> vendor) implements JobFact {}

    /** One vendor call failed and another one will be made. */
    record AttemptFailed(
            Origin origin, int attempt, Optional<VendorName> vendor, Optional<Integer> httpStatus, Trouble trouble)
            implements JobFact {}

    /**
     * It rests until a vendor recovers.
     *
     * @param number how often it was parked, this time included
     */
    record Parked(Origin origin, int attempt, Trouble trouble, Optional<Integer> number) implements JobFact {}

    /** Somebody wants it to end. */
    record CancelRequested(Origin origin, Instant at) implements JobFact {}

    /** Somebody wants that what came of it is handed out no longer. */
    record ResultDeleted(Origin origin, Instant at) implements JobFact {}

    /**
     * It reached its end.
     *
     * @param status a terminal one
     */
    record Completed(
            Origin origin,
            JobStatus status,
            int httpStatus,
            Optional<VendorName> vendor,
            Optional<VendorRequestId> vendorRequestId,
            Optional<ModelName> model,
            int attempts,
            Optional<Usage> usage,
            Optional<BigDecimal> costUsd,
            Duration queued,
            Duration vendorTime,
            Instant completedAt,
            PayloadLocation payload)
            implements JobFact {}
}
