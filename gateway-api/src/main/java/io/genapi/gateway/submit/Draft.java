package io.genapi.gateway.submit;

import io.genapi.schemas.job.JobRequest;

/** A submission as the job that it may become. */
record Draft(JobRequest request, Kind kind) {

    /** Whether there may be such a job already. */
    enum Kind {
        /** A job of its own. */
        NEW,
        /** The one job of its idempotency key. */
        KEYED,
        /** The job that the same client submitted before, as it says itself. */
        REPEATED
    }

    boolean isNew() {
        return kind == Kind.NEW;
    }
}
