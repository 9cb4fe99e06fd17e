package io.genapi.worker.result;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;

/** Makes results durable. Thread-safe. */
@FunctionalInterface
public interface ResultPublisher {

    /**
     * Returns when the result is durable, and the job's reply topic has it too or is known not to take it. Tries for as
     * long as that needs.
     *
     * @throws InterruptedException if the calling thread is interrupted; the result may then be durable or not
     */
    void publish(JobRequest job, JobResult result) throws InterruptedException;
}
