package io.genapi.gateway.cancel;

import io.genapi.schemas.job.JobEvent;

/** Tells the store and the workers that a job is to end. Thread-safe. */
public interface CancelPublisher {

    /** What came of it. */
    sealed interface Outcome {

        /** The wish is durable: the job will end. */
        record Acknowledged() implements Outcome {}

        /**
         * Nobody said that the wish is durable; it may be all the same.
         *
         * @param reason why, as the broker's client tells it
         */
        record Unconfirmed(String reason) implements Outcome {}
    }

    /** Returns when the wish is durable, or when the publisher's patience is over. */
    Outcome publish(JobEvent cancelRequest) throws InterruptedException;
}
