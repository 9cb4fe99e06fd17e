package io.genapi.store.job;

import io.genapi.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the store itself ends a job that nobody else has ended. Pure: the same state is always due at the same time.
 *
 * @param expiryGrace after a job's deadline: a worker that runs it ends it better, with all that is known of its calls
 * @param cancelGrace after a cancellation, for the same reason
 */
public record DueTimes(Duration expiryGrace, Duration cancelGrace) {

    /** Empty for a job that has its end, or of which no request has been seen: there may be none. */
    public Optional<Instant> of(JobState job) {
        return job.ending().isPresent() || job.submission().isEmpty()
                ? Optional.empty()
                : Stream.concat(cancelled(job).stream(), expired(job).stream()).min(Instant::compareTo);
    }

    /** The end that a job is due for; empty where it is not due yet. */
    public Optional<JobStatus> endOf(JobState job, Instant now) {
        Optional<Instant> due = of(job).filter(at -> !at.isAfter(now));
        return due.map(at -> cancelled(job).filter(at::equals).isPresent() ? JobStatus.CANCELLED : JobStatus.EXPIRED);
    }

    private Optional<Instant> cancelled(JobState job) {
        return job.cancelRequestedAt().map(at -> at.plus(cancelGrace));
    }

    private Optional<Instant> expired(JobState job) {
        return job.submission().map(submission -> submission.expiresAt().plus(expiryGrace));
    }
}
