package io.genapi.gateway.cancel;

import io.genapi.gateway.job.StoreAnswer;

/** What came of a cancellation. */
@SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
public sealed interface CancelOutcome {

    /** The job has its end: by this cancellation, or by what came before it. */
    record Ended(byte[] document) implements CancelOutcome {}

    /** The wish is durable, but the job has not ended yet. */
    record Requested(byte[] document) implements CancelOutcome {}

    /** Nothing was done, for the store has no such job to tell of; never {@link StoreAnswer.Found}. */
    record NotAsked(StoreAnswer answer) implements CancelOutcome {}

    /** Kafka did not confirm the wish. */
    record Unconfirmed(String reason) implements CancelOutcome {}
}
