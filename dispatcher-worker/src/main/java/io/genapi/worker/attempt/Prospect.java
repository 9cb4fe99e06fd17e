package io.genapi.worker.attempt;

import java.time.Instant;
import java.util.Optional;

/**
 * How a job stands with its candidates, after an attempt that failed.
 *
 * @param untriedAdmitted whether one that was not tried yet may be called now
 * @param othersLeft whether there are some that this job is not known to be impossible for
 * @param nextCall when the first of those that work may be called, in the past if that is now; empty if none works
 * @param servedOthers whether the vendor that failed has done the work of a call that began after this job's first
 */
public record Prospect(boolean untriedAdmitted, boolean othersLeft, Optional<Instant> nextCall, boolean servedOthers) {}
