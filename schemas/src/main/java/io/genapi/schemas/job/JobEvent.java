package io.genapi.schemas.job;

import java.time.Instant;
import java.util.Optional;

/**
 * News of a job on its way.
 *
 * @param attempt which vendor call it is about, from 1; 0 where it is about none
 * @param reason why, in a sentence, where something went wrong
 */
public record JobEvent(
        JobId id,
        Kind kind,
        TenantId tenant,
        Correlation correlation,
        RequestId requestId,
        Instant at,
        int attempt,
        Optional<VendorName> vendor,
        Optional<Integer> httpStatus,
        Optional<String> reason) {

    /** What happened. */
    public enum Kind {
        /** A worker took the job up. */
        STARTED,
        /** One vendor call failed and another one will be made. */
        ATTEMPT_FAILED,
        /** The job rests until a vendor recovers. */
        PARKED,
        /** Somebody wants the job to end. */
        CANCEL_REQUESTED
    }
}
