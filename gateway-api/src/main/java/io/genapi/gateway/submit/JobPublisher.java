package io.genapi.gateway.submit;

import io.genapi.schemas.job.JobRequest;

/** Makes a job durable. Thread-safe. */
public interface JobPublisher {

    /** What came of it. */
    sealed interface Outcome {

        /** The job is durable. */
        record Acknowledged() implements Outcome {}

        /**
         * Nobody said that the job is durable; it may be all the same.
         *
         * @param reason why, as the broker's client tells it
         */
        record Unconfirmed(String reason) implements Outcome {}
    }

    /** Returns when the job is durable, or when the publisher's patience is over. */
    Outcome publish(JobRequest request) throws InterruptedException;
}
