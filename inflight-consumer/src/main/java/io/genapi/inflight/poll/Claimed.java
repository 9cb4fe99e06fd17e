package io.genapi.inflight.poll;

import java.time.Instant;
import java.util.Set;

/**
 * What of a partition former owners have in hand, as they said when it was claimed.
 *
 * @param until when they are waited for no longer
 */
record Claimed(Set<Long> offsets, Instant until) {

    static final Claimed NOTHING = new Claimed(Set.of(), Instant.MIN);

    Claimed {
        offsets = Set.copyOf(offsets);
    }

    /** Whether that offset is nobody's any more, as far as this goes. */
    boolean hasEnded(long offset, Instant now) {
        return !now.isBefore(until) || !offsets.contains(offset);
    }
}
