package io.genapi.schemas.job;

import java.time.Instant;
import java.util.Optional;

/**
 * News of a job on its way.
 *
 * @param attempt which vendor call it is about, from 1; of a parked job, how many were made; 0 where it is about none
 * @param vendor who was called, or whom a parked job waits for
 * @param vendorRequestId the vendor's own name of that call, where it gave one
 * @param reason why, in a sentence, where something went wrong
 * @param parkNumber how often the job was parked, this time included; only where it was
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
        Optional<VendorRequestId> vendorRequestId,
        Optional<Integer> httpStatus,
        Optional<String> reason,
        Optional<Integer> parkNumber) {

    /** News of no call that has a name, and not about parking. */
    public JobEvent(
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
        this(
                id,
                kind,
                tenant,
                correlation,
                requestId,
                at,
                attempt,
                vendor,
                Optional.empty(),
                httpStatus,
                reason,
                Optional.empty());
    }

    /** What happened. */
    public enum Kind {
        /** A worker took the job up. */
        STARTED,
        /** One vendor call failed and another one will be made. */
        ATTEMPT_FAILED,
        /** The job rests until a vendor recovers. */
        PARKED,
        /** Somebody wants the job to end. */
        CANCEL_REQUESTED,
        /** Somebody wants that what came of the job is handed out no longer. */
        RESULT_DELETED
    }
}
