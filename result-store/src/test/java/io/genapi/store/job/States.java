package io.genapi.store.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;

/** What the store keeps of jobs, in few words. */
public final class States {
    private States() {}

    public static JobState queued(JobId id) {
        return JobState.firstSeenIn(origin(id)).submitted(Facts.requested());
    }

    public static JobState parked(JobId id, int number) {
        return queued(id).progressed(Progress.NONE.parked(Facts.parked(number, 1, "vendor_unavailable")));
    }

    public static JobState ended(JobId id) {
        return queued(id).ended(Ending.of(Facts.completed(9, JobStatus.SUCCEEDED, 0)));
    }

    private static JobFact.Origin origin(JobId id) {
        JobFact.Origin any = Facts.origin(Facts.NOON);
        return new JobFact.Origin(id, any.tenant(), any.correlation(), any.requestId(), any.recordedAt());
    }
}
