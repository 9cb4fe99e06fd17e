package io.genapi.worker.dialect;

import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;

/** A pure translator between a vendor call and HTTP, in both directions. Thread-safe. */
public interface Dialect {

    VendorRequest request(VendorCall call);

    VendorOutcome outcome(VendorResponse response);
}
