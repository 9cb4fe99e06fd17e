package io.genapi.store.job;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ends that the store gives to jobs, with what it knows of them from their events. */
public final class StoreEnds {
    /** Beyond this a submission time is a mistake of its sender, and would not fit the result's fields. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(365);

    private StoreEnds() {}

    public static JobResult expired(JobState job, Instant now) {
        Instant deadline = job.submission().map(Submission::expiresAt).orElse(now);
        return end(job, JobStatus.EXPIRED, JobErrors.deadlineExceeded(deadline, job.attempts()), now);
    }

    public static JobResult cancelled(JobState job, Instant now) {
        return end(job, JobStatus.CANCELLED, JobErrors.cancelled(job.attempts()), now);
    }

    private static JobResult end(JobState job, JobStatus status, ApiError error, Instant now) {
        return new JobResult(
                job.id(),
                status,
                error.status(),
                job.tenant(),
                job.correlation(),
                job.requestId(),
                job.vendor(),
                Optional.empty(),
                job.attempts(),
                Optional.empty(),
                Optional.empty(),
                queued(job.createdAt(), job.startedAt().orElse(now)),
                Duration.ZERO,
                now,
                job.submission().map(Submission::audience).orElse(Audience.NONE),
                error.toJson());
    }

    private static Duration queued(Instant submittedAt, Instant until) {
        Duration queued = Duration.between(submittedAt, until);
        if (queued.isNegative()) {
            return Duration.ZERO;
        }
        return queued.compareTo(LONGEST_QUEUE) < 0 ? queued : LONGEST_QUEUE;
    }
}
