package io.genapi.worker.admission;

import io.genapi.schemas.job.VendorName;

/**
 * Whose calls a vendor counts together: one rest, one limit.
 *
 * @param key the name of one of the vendor's keys, or {@link #NO_KEY}
 */
public record Account(VendorName vendor, String key) {

    static final String NO_KEY = "none";

    /** For log lines. */
    @Override
    public String toString() {
        return vendor + "/" + key;
    }
}
