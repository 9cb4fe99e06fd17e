package io.genapi.worker.vendor;

import io.genapi.schemas.job.VendorRequestId;
import java.util.Optional;

/**
 * What came of one vendor call, and by what the vendor finds it again.
 *
 * @param requestId empty where the vendor named none, or never heard of the call
 */
public record VendorAnswer(VendorOutcome outcome, Optional<VendorRequestId> requestId) {

    /** Of a call that has no name. */
    public static VendorAnswer nameless(VendorOutcome outcome) {
        return new VendorAnswer(outcome, Optional.empty());
    }
}
