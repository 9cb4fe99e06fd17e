package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.FileId;

/** What came of asking for a batch, or for its end. */
public sealed interface BatchOutcome {

    /** It is written down, now or since an earlier request. */
    record Noted(Batch batch) implements BatchOutcome {}

    /** The idempotency key stands for another batch. */
    record KeyReused(BatchId id) implements BatchOutcome {}

    /** There is no such file that its tenant could see. */
    record NoSuchFile(FileId file) implements BatchOutcome {}

    /** The file is for something else. */
    record WrongPurpose(String purpose) implements BatchOutcome {}

    /** Its tenant has as many open ones as it may. */
    record TooMany(int limit) implements BatchOutcome {}

    /** It has ended, or is about to. */
    record TooLate(Batch batch) implements BatchOutcome {}

    /** There is no such batch that its caller could see. */
    record NotFound() implements BatchOutcome {}
}
