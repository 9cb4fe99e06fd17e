package io.genapi.worker.admission;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Credential;
import io.genapi.schemas.job.VendorName;

/**
 * Whose calls a vendor counts together: one rest, one limit.
 *
 * @param key the name of one of the vendor's keys, or {@link #NO_KEY}
 */
public record Account(VendorName vendor, String key) {

    static final String NO_KEY = "none";

    public static Account of(Candidate candidate) {
        return new Account(
                candidate.vendor().name(),
                candidate.credential().map(Credential::name).orElse(NO_KEY));
    }

    /** For log lines. */
    @Override
    public String toString() {
        return vendor + "/" + key;
    }
}
