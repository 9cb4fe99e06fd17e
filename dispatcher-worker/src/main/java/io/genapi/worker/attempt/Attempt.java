package io.genapi.worker.attempt;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;

/** One vendor call that was made. */
public record Attempt(Candidate candidate, Instant startedAt, Duration took, VendorOutcome outcome) {}
