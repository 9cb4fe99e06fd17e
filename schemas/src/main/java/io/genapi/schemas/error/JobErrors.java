package io.genapi.schemas.error;

import io.genapi.schemas.job.JobId;
import java.time.Instant;

/** The errors of jobs that the broker itself ends, in the same words from whichever of its services. */
public final class JobErrors {

    /** HTTP has no code of its own; this is the one that gRPC maps its {@code CANCELLED} to, and no SDK repeats it. */
    public static final int CANCELLED_STATUS = 499;

    private JobErrors() {}

    /** @param attempts vendor calls that are known to have been made */
    public static ApiError deadlineExceeded(Instant deadline, int attempts) {
        return ApiError.server(
                504,
                "deadline_exceeded",
                "The job's deadline, %s, passed %s. Submit it again with a later one."
                        .formatted(
                                deadline,
                                attempts == 0 ? "before a vendor was asked" : "before a vendor had answered"));
    }

    /** @param original the job that the key stands for */
    public static ApiError keyReused(JobId original) {
        return ApiError.invalidRequest(
                422,
                "idempotency_key_reused",
                "Idempotency-Key",
                ("The idempotency key stands for another request already: %s. Send that request again byte for byte to get"
                                + " its answer, or use another key for this one.")
                        .formatted(original));
    }

    /** @param job that the request repeats */
    public static ApiError resultExpired(JobId job) {
        return ApiError.invalidRequest(
                410,
                "job_result_expired",
                "The request repeats %s, which has ended, but its result is no longer kept. Send the request with another idempotency key to run it again."
                        .formatted(job));
    }

    /**
     * @param bytes of the body
     * @param reason in words that go behind "because"
     */
    public static ApiError bodyLost(int bytes, String reason) {
        return ApiError.server(
                500,
                "request_body_lost",
                "The job cannot be run: its request of %d bytes is lost, because %s. Submit it again."
                        .formatted(bytes, reason));
    }

    /** @param attempts vendor calls that are known to have been made */
    public static ApiError cancelled(int attempts) {
        return ApiError.invalidRequest(
                CANCELLED_STATUS,
                "job_cancelled",
                "The job was cancelled %s. Submit it again if its answer is wanted after all."
                        .formatted(attempts == 0 ? "before a vendor was asked" : "before a vendor had answered"));
    }
}
