package io.genapi.worker.result;

import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.Usage;
import io.genapi.worker.attempt.History;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The ends that a job can come to, as results. Thread-safe. */
public final class JobEnds {

    /** Beyond this a submission time is a mistake of its sender, and would not fit the result's fields. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(365);

    private final InstantSource clock;

    public JobEnds(InstantSource clock) {
        this.clock = clock;
    }

    /** The vendor's completion, under the caller's own name of the model. */
    public JobResult succeeded(JobRequest job, ModelName model, History history, ChatCompletion completion) {
        return end(
                job,
                JobStatus.SUCCEEDED,
                200,
                Optional.of(model),
                history,
                completion.usage(),
                completion.withModel(model));
    }

    /** No vendor was asked: the request itself is at fault. */
    public JobResult refused(JobRequest job, Optional<ModelName> model, ApiError error) {
        return end(job, JobStatus.FAILED, error.status(), model, History.none(), Optional.empty(), error.toJson());
    }

    /** The broker has lost what was asked. */
    public JobResult lost(JobRequest job, Optional<ModelName> model, History history, ApiError error) {
        return end(job, JobStatus.FAILED, error.status(), model, history, Optional.empty(), error.toJson());
    }

    /** The vendors were asked, and this was the last that came of it. */
    public JobResult failed(JobRequest job, ModelName model, History history, Failed failure) {
        if (history.publishedLast().isPresent()) {
            return interrupted(job, model, history, failure.reason());
        }
        ApiError ours = errorOf(failure, history);
        byte[] body = failure instanceof Refused refused ? refused.envelope().orElseGet(ours::toJson) : ours.toJson();
        return end(job, JobStatus.FAILED, ours.status(), Optional.of(model), history, Optional.empty(), body);
    }

    /** The vendor's answer came, and Kafka did not take all pieces of it. */
    public JobResult undelivered(JobRequest job, ModelName model, History history) {
        return interrupted(job, model, history, "the broker could not pass it on");
    }

    private JobResult interrupted(JobRequest job, ModelName model, History history, String reason) {
        long pieces = history.publishedLast().map(PublishedRun::deltas).orElse(0L);
        ApiError error = ApiError.server(
                502,
                "stream_interrupted",
                "The answer broke off after %s: %s. Submit the job again if all of it is wanted."
                        .formatted(pieces == 1 ? "1 piece" : pieces + " pieces", reason));
        return end(
                job, JobStatus.FAILED, error.status(), Optional.of(model), history, Optional.empty(), error.toJson());
    }

    public JobResult expired(JobRequest job, Optional<ModelName> model, History history, Instant deadline) {
        ApiError error = JobErrors.deadlineExceeded(deadline, history.attempts());
        return end(job, JobStatus.EXPIRED, error.status(), model, history, Optional.empty(), error.toJson());
    }

    /** @param history with the attempt that the cancellation cut off, if there is one */
    public JobResult cancelled(JobRequest job, Optional<ModelName> model, History history) {
        ApiError error = JobErrors.cancelled(history.attempts());
        return end(job, JobStatus.CANCELLED, error.status(), model, history, Optional.empty(), error.toJson());
    }

    /** In place of a result that Kafka cannot take at any time. */
    public static JobResult tooLarge(JobResult result, int maxBytes) {
        ApiError error = ApiError.server(
                502,
                "result_too_large",
                "The vendor's answer has %d bytes, but a result may have %d at most. Ask for a shorter one."
                        .formatted(result.body().length, maxBytes));
        return new JobResult(
                result.id(),
                JobStatus.FAILED,
                error.status(),
                result.tenant(),
                result.correlation(),
                result.requestId(),
                result.vendor(),
                result.vendorRequestId(),
                result.model(),
                result.attempts(),
                result.usage(),
                result.costUsd(),
                result.queued(),
                result.vendorTime(),
                result.completedAt(),
                result.audience(),
                result.published(),
                error.toJson());
    }

    private static ApiError errorOf(Failed failure, History history) {
        String attempts = history.attempts() == 1 ? "1 attempt" : history.attempts() + " attempts";
        return switch (failure) {
            case Refused(var status, var _, var _) ->
                new ApiError(
                        status,
                        status >= 500 ? "server_error" : "invalid_request_error",
                        Optional.empty(),
                        Optional.of("vendor_error"),
                        "The vendor answered with status %d and no explanation, after %s.".formatted(status, attempts));
            case Unreachable _ ->
                ApiError.server(
                        502,
                        "vendor_unreachable",
                        "The vendor could not be reached, after %s. Submit the job again later.".formatted(attempts));
            case Impossible impossible -> impossible.error();
            case Unprepared unprepared -> unprepared.error();
            case TimedOut _ ->
                ApiError.server(
                        504,
                        "vendor_timeout",
                        "The vendor did not answer in time, after %s. Submit the job again later, or ask for less."
                                .formatted(attempts));
            case Unusable(String reason) ->
                ApiError.server(
                        502,
                        "vendor_unusable_response",
                        "The vendor's answer is of no use, after %s: %s. Check the vendor's address in the catalog."
                                .formatted(attempts, reason));
            case Broken(String reason) ->
                ApiError.server(
                        502,
                        "vendor_broken_response",
                        "No whole answer came from the vendor, after %s: %s. Submit the job again later."
                                .formatted(attempts, reason));
        };
    }

    private JobResult end(
            JobRequest job,
            JobStatus status,
            int httpStatus,
            Optional<ModelName> model,
            History history,
            Optional<Usage> usage,
            byte[] body) {
        Instant now = clock.instant();
        return new JobResult(
                job.id(),
                status,
                httpStatus,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                history.lastVendor(),
                history.lastVendorRequestId(),
                model,
                history.attempts(),
                usage,
                Optional.empty(),
                queued(job.submittedAt(), history.firstAttemptAt().orElse(now)),
                history.vendorTime(),
                now,
                job.audience(),
                history.published(),
                body);
    }

    private static Duration queued(Instant submittedAt, Instant taken) {
        Duration queued = Duration.between(submittedAt, taken);
        if (queued.isNegative()) {
            return Duration.ZERO;
        }
        return queued.compareTo(LONGEST_QUEUE) < 0 ? queued : LONGEST_QUEUE;
    }
}
