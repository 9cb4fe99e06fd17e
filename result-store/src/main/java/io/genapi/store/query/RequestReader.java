package io.genapi.store.query;

import io.genapi.schemas.job.RecordPlace;

/** Reads jobs' requests from where they lie. Thread-safe; takes a bounded time. */
@FunctionalInterface
public interface RequestReader {
    /** The whole record, as the contract's document of one. */
    PayloadReading read(RecordPlace place) throws InterruptedException;
}
