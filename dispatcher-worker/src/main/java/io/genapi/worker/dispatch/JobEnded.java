package io.genapi.worker.dispatch;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;

/** Hears of each job whose result is durable. Thread-safe. */
@FunctionalInterface
public interface JobEnded {

    void ended(JobRequest job, JobResult result);
}
