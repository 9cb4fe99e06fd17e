package io.genapi.worker.admission;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.VendorName;

/**
 * Where calls go that work or fail together: one breaker. A model, of a vendor, asked with one of its keys.
 *
 * @param model the vendor's name for it; {@code *} for all those that only a wildcard route leads to
 */
public record Destination(Account account, String model) {

    private static final String ANY = "*";

    public static Destination of(Candidate candidate) {
        return new Destination(Account.of(candidate), candidate.wildcard() ? ANY : candidate.vendorModel());
    }

    public VendorName vendor() {
        return account.vendor();
    }

    /** For log lines. */
    @Override
    public String toString() {
        return account + " " + model;
    }
}
