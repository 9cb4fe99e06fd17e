package io.genapi.worker.vendor;

/** Calls vendors. Thread-safe; each call blocks its thread until the vendor's answer is whole. */
@FunctionalInterface
public interface VendorClient {

    /**
     * Makes one call, never more: retries are the caller's to decide. Whatever goes wrong on the way is an outcome.
     *
     * @throws InterruptedException if the calling thread is interrupted; the call is cut off then
     */
    VendorAnswer call(VendorCall call) throws InterruptedException;
}
