package io.genapi.worker.result;

import io.genapi.schemas.job.JobId;

/** Who knows which jobs have their result, or live on as another record. Thread-safe. */
@FunctionalInterface
public interface FinishedJobs {

    /**
     * Whether a record of the job is done with for certain: false also where nobody can say in time.
     *
     * @param parkNumber the record's; 0 of a request. A job that was parked more often lives on in a later record
     */
    boolean isFinished(JobId id, int parkNumber) throws InterruptedException;
}
