package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which jobs were created.
 *
 * @param from the first instant of it; empty for the beginning of time
 * @param to the first instant behind it; empty for its end
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {
    public static final Period ALL = new Period(Optional.empty(), Optional.empty());

    /** By so much a job's id may tell another time than its request. */
    private static final Duration SLACK = Duration.ofHours(1);

    /** The ids of idempotency keys, which tell no time, all lie before this one. */
    public static final JobId FIRST_OF_TIME = JobId.firstOf(Instant.EPOCH.plusMillis(1));

    public boolean contains(Instant createdAt) {
        return from.filter(createdAt::isBefore).isEmpty()
                && to.filter(end -> !createdAt.isBefore(end)).isEmpty();
    }

    /** No job of this time has a smaller id that tells a time. */
    public JobId lowest() {
        return from.map(instant -> later(JobId.firstOf(bounded(instant.minus(SLACK))), FIRST_OF_TIME))
                .orElse(FIRST_OF_TIME);
    }

    /** No job of this time has a greater id. */
    public Optional<JobId> highest() {
        return to.map(instant -> JobId.firstOf(bounded(instant.plus(SLACK))));
    }

    private static JobId later(JobId one, JobId other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Instant bounded(Instant instant) {
        return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
    }
}
