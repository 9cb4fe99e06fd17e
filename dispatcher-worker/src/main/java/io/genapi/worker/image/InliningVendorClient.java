package io.genapi.worker.image;

import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;

/** Vendor calls that bring the images along that their requests only name. Thread-safe. */
public final class InliningVendorClient implements VendorClient {

    private final VendorClient vendors;
    private final Inlining inlining;

    public InliningVendorClient(VendorClient vendors, Inlining inlining) {
        this.vendors = vendors;
        this.inlining = inlining;
    }

    @Override
    public VendorOutcome call(VendorCall call) throws InterruptedException {
        return inlining.around(call, vendors::call);
    }
}
