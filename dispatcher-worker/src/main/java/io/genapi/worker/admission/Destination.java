package io.genapi.worker.admission;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.VendorName;

/** Where calls go that share a fate: one breaker, one rest, one limit. It is their vendor. */
public record Destination(VendorName vendor) {

    public static Destination of(Candidate candidate) {
        return new Destination(candidate.vendor().name());
    }

    @Override
    public String toString() {
        return vendor.value();
    }
}
