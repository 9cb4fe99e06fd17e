package io.genapi.gateway.http;

import io.genapi.gateway.job.QueuedJob;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.submit.Refusal;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.SubmissionOutcome;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import java.time.Duration;
import org.springframework.http.ResponseEntity;

/** What came of a submission, as its caller gets it. */
final class SubmissionResponses {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Exchange exchange;
    private final ResponseMode mode;

    SubmissionResponses(Exchange exchange, ResponseMode mode) {
        this.exchange = exchange;
        this.mode = mode;
    }

    ResponseEntity<byte[]> of(SubmissionOutcome outcome) {
        return switch (outcome) {
            case SubmissionOutcome.Answered(JobId id, Reply reply) -> answered(id, reply);
            case SubmissionOutcome.CallerLeft(JobRequest job, var _) ->
                interrupted(job.id(), ApiError.invalidRequest(499, "client_left", "The caller went away."));
            case SubmissionOutcome.Streamed _, SubmissionOutcome.NotAdmitted _ ->
                throw new IllegalArgumentException("told elsewhere: " + outcome);
            case SubmissionOutcome.Accepted(QueuedJob job) -> accepted(job);
            case SubmissionOutcome.Attached(JobId id, byte[] document) ->
                queued(id).body(document);
            case SubmissionOutcome.ResultExpired(JobId id) -> {
                exchange.concerns(id);
                yield failed(JsonResponse.status(410).job(id), JobErrors.resultExpired(id));
            }
            case SubmissionOutcome.KeyReused(JobId original) -> {
                exchange.concerns(original);
                yield failed(JsonResponse.status(422).job(original), JobErrors.keyReused(original));
            }
            case SubmissionOutcome.Undecided undecided -> undecided(undecided);
            case SubmissionOutcome.Refused(Refusal refusal) -> refused(refusal);
            case SubmissionOutcome.Unconfirmed(JobId id, String reason) -> unconfirmed(id, reason);
            case SubmissionOutcome.WaitPassed(JobRequest job, boolean jobIsOver) ->
                interrupted(job.id(), waitPassed(job, jobIsOver));
            case SubmissionOutcome.WaitInterrupted(JobId id) ->
                interrupted(
                        id,
                        ApiError.server(
                                503,
                                "gateway_stopping",
                                ("This gateway stops before the job has ended. The job goes on: ask GET /v1/jobs/%s,"
                                                + " and do not send the request again.")
                                        .formatted(id)));
        };
    }

    private static ApiError waitPassed(JobRequest job, boolean jobIsOver) {
        String message = jobIsOver
                ? "The job's time is over, and it has not ended: GET /v1/jobs/%s tells what comes of it. Do not send the"
                        + " request again as it is: give it a later 'Genapi-Deadline' or a longer timeout, or send the"
                        + " header 'Prefer: respond-async'."
                : "The job has not ended within the time that a call may wait. It goes on: ask GET /v1/jobs/%s, and do"
                        + " not send the request again. For slow requests send the header 'Prefer: respond-async'.";
        return ApiError.server(504, "deadline_exceeded", message.formatted(job.id()));
    }

    private ResponseEntity<byte[]> answered(JobId id, Reply reply) {
        JsonResponse response = ended(exchange, id, reply);
        if (mode instanceof ResponseMode.Async(Duration wait)) {
            response.header(HttpHeaderNames.PREFERENCE_APPLIED, "wait=" + wait.toSeconds());
        }
        return response.body(reply.body());
    }

    /** The job's end as a response, to be completed with the reply's body. */
    static JsonResponse ended(Exchange exchange, JobId id, Reply reply) {
        exchange.concerns(id);
        JsonResponse response = JsonResponse.status(reply.httpStatus()).header(HttpHeaderNames.JOB_ID, id.value());
        reply.vendor().ifPresent(vendor -> response.header(HttpHeaderNames.VENDOR_SOURCE, vendor.value()));
        if (reply.status() != JobStatus.SUCCEEDED) {
            exchange.failedWith("job_" + reply.status().wireName());
            if (reply.status() == JobStatus.EXPIRED) {
                response.job(id).doNotRetry();
            } else if (reply.attempts() > 0) {
                response.doNotRetry();
            }
        }
        return response;
    }

    private ResponseEntity<byte[]> accepted(QueuedJob job) {
        return queued(job.request().id()).body(job.toJson());
    }

    private JsonResponse queued(JobId id) {
        exchange.concerns(id);
        return JsonResponse.status(202)
                .job(id)
                .header(HttpHeaderNames.PREFERENCE_APPLIED, preferenceApplied())
                .retryAfter(SOON);
    }

    /** The key makes it safe to send the request again. */
    private ResponseEntity<byte[]> undecided(SubmissionOutcome.Undecided undecided) {
        JsonResponse response = JsonResponse.status(503).retryAfter(SOON);
        if (undecided.published()) {
            exchange.concerns(undecided.id());
            response.job(undecided.id());
        }
        return failed(
                response,
                ApiError.server(
                        503,
                        "store_unavailable",
                        ("It cannot be told now whether the idempotency key stands for a job already: %s. Send the request"
                                        + " again with the same key, which is safe.")
                                .formatted(undecided.reason())));
    }

    private String preferenceApplied() {
        return switch (mode) {
            case ResponseMode.Async(Duration wait) when wait.isPositive() -> "respond-async, wait=" + wait.toSeconds();
            case ResponseMode.Async _, ResponseMode.Waiting _, ResponseMode.Streaming _ -> "respond-async";
        };
    }

    private ResponseEntity<byte[]> unconfirmed(JobId id, String reason) {
        exchange.concerns(id);
        return failed(
                JsonResponse.status(503).job(id).retryAfter(LATER),
                ApiError.server(
                        503,
                        "kafka_unavailable",
                        ("Kafka did not confirm the job (%s). Check that Kafka runs, has space on its disks, and is where"
                                        + " genapi.kafka.bootstrap-servers says, then send the request again. The job"
                                        + " may have been taken all the same: GET /v1/jobs/%s tells.")
                                .formatted(reason, id)));
    }

    private ResponseEntity<byte[]> interrupted(JobId id, ApiError error) {
        exchange.concerns(id);
        return failed(JsonResponse.status(error.status()).job(id).doNotRetry(), error);
    }

    private ResponseEntity<byte[]> refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NoPartitions() ->
                failed(
                        JsonResponse.status(503).retryAfter(SOON),
                        ApiError.server(
                                503,
                                "gateway_not_ready",
                                "This gateway receives no results yet. Send the request again in a second, or to"
                                        + " another gateway; if it stays so, run at most as many gateways as"
                                        + " genapi.kafka.partitions."));
            case Refusal.DiskFull full ->
                failed(
                        JsonResponse.status(503).retryAfter(LATER),
                        ApiError.server(
                                503,
                                "disk_full",
                                ("No job is taken: %d MiB are free on the disk of '%s', and"
                                                + " genapi.gateway.disk.min-free asks for %d MiB. Free some space, then"
                                                + " send the request again.")
                                        .formatted(full.free() >> 20, full.directory(), full.required() >> 20)));
            case Refusal.TooManyWaiting(int limit) ->
                failed(
                        JsonResponse.status(503).retryAfter(SOON),
                        ApiError.server(
                                503,
                                "too_many_waiting_calls",
                                ("%d calls wait on this gateway, as many as genapi.gateway.max-waiting-calls allows."
                                                + " Send the request again later, or with the header"
                                                + " 'Prefer: respond-async'.")
                                        .formatted(limit)));
            case Refusal.Stopping() ->
                failed(
                        JsonResponse.status(503).retryAfter(SOON).header("Connection", "close"),
                        ApiError.server(
                                503,
                                "gateway_stopping",
                                "This gateway stops. Nothing was taken: send the request again, to another gateway."));
        };
    }

    private ResponseEntity<byte[]> failed(JsonResponse response, ApiError error) {
        error.code().ifPresent(exchange::failedWith);
        return response.body(error);
    }
}
