package io.genapi.schemas.batch;

import java.time.Instant;

/** What is written down of a batch. Each kind has one writer, so that none overwrites what another has written. */
public sealed interface BatchNews {

    BatchId id();

    /** Somebody asked for it. */
    record Asked(BatchId id, BatchTerms terms) implements BatchNews {}

    /** The gateway that runs it has come further. Has the terms once more, for they are what it runs by. */
    record Moved(BatchId id, BatchTerms terms, BatchProgress progress, Instant at) implements BatchNews {}

    /** Somebody wants it to end. */
    record CancelRequested(BatchId id, Instant at) implements BatchNews {}
}
