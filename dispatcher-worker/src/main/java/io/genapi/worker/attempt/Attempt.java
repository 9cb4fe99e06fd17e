package io.genapi.worker.attempt;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One vendor call that was made.
 *
 * @param vendorRequestId the vendor's own name of it
 * @param vendorInTrouble whether the vendor was known to be in trouble when the call had ended
 * @param published what of its answer was published in pieces
 */
public record Attempt(
        Candidate candidate,
        Instant startedAt,
        Duration took,
        VendorOutcome outcome,
        Optional<VendorRequestId> vendorRequestId,
        boolean vendorInTrouble,
        Optional<PublishedRun> published) {

    /** Whether it uses up one of the job's attempts: a vendor's bad hour does not. */
    boolean counts() {
        return switch (outcome) {
            case VendorOutcome.Unreachable _, VendorOutcome.Impossible _ -> false;
            case VendorOutcome.Refused refused when refused.status() == 429 -> false;
            case VendorOutcome.Refused refused when refused.status() == 409 -> true;
            case VendorOutcome.Failed _ -> !vendorInTrouble;
            case VendorOutcome.Completed _ -> true;
        };
    }
}
