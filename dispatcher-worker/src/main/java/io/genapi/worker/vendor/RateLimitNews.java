package io.genapi.worker.vendor;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.RateLimits;

/** Hears what vendors tell of their limits. Thread-safe. */
@FunctionalInterface
public interface RateLimitNews {

    /** @param limits of the candidate's key, for its model */
    void told(Candidate candidate, RateLimits limits);
}
