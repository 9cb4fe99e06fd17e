package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.PayloadLocation;

/** Reads results' payloads from where they lie. Thread-safe; takes a bounded time. */
@FunctionalInterface
public interface ResultPayloadReader {
    PayloadReading read(JobId id, PayloadLocation location) throws InterruptedException;
}
