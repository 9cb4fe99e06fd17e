package io.genapi.worker.result;

import io.genapi.schemas.job.JobId;

/** Who knows which jobs have their result. Thread-safe. */
@FunctionalInterface
public interface FinishedJobs {

    /** Whether the job has its result for certain: false also where nobody can say in time. */
    boolean isFinished(JobId id) throws InterruptedException;
}
