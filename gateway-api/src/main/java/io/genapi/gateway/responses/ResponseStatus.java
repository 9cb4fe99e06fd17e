package io.genapi.gateway.responses;

import io.genapi.schemas.job.JobStatus;
import java.util.Locale;

/** Where a response stands, in OpenAI's words. */
enum ResponseStatus {
    QUEUED,
    IN_PROGRESS,
    COMPLETED,
    /** The answer broke off where it had to, and {@code incomplete_details} tells why. */
    INCOMPLETE,
    FAILED,
    CANCELLED;

    /** Of a job that has not succeeded. */
    static ResponseStatus of(JobStatus job) {
        return switch (job) {
            case QUEUED -> QUEUED;
            case RUNNING, PARKED -> IN_PROGRESS;
            case SUCCEEDED -> COMPLETED;
            case FAILED, EXPIRED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
