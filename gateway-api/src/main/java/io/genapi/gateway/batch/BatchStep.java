package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchStatus;

/** What is to be done with a batch. */
sealed interface BatchStep {

    /** Look at its file. */
    record Validate() implements BatchStep {}

    /** Have its requests answered, those that are not yet. */
    record Run() implements BatchStep {}

    /** Begin none of its requests any more, and gather what has come of the others. */
    record Drain(Reason reason) implements BatchStep {}

    /** Nothing has begun; it ends so. */
    record End(BatchStatus status) implements BatchStep {}

    /** It has ended. */
    record Nothing() implements BatchStep {}

    /** Why requests are not begun. */
    enum Reason {
        CANCELLED,
        EXPIRED
    }
}
