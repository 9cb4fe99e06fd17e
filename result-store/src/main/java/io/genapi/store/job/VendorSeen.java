package io.genapi.store.job;

import io.genapi.schemas.job.VendorName;
import java.time.Instant;
import java.util.Comparator;

/** A vendor that was asked, and when. */
public record VendorSeen(Instant at, VendorName vendor) implements Comparable<VendorSeen> {
    private static final Comparator<VendorSeen> ORDER = Comparator.comparing(VendorSeen::at)
            .thenComparing(seen -> seen.vendor().value());

    @Override
    public int compareTo(VendorSeen other) {
        return ORDER.compare(this, other);
    }
}
