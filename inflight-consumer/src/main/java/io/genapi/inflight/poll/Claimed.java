package io.genapi.inflight.poll;

import java.time.Instant;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * What of a partition former owners have in hand, as they said when it was claimed.
 *
 * @param until when they are waited for no longer
 * @param everybodySaid whether all of them did, so that what none of them has in hand is nobody's
 */
record Claimed(Set<Long> offsets, Instant until, boolean everybodySaid) {

    static final Claimed NOTHING = new Claimed(Set.of(), Instant.MIN, false);

    Claimed {
        offsets = Set.copyOf(offsets);
    }

    /** The same but for those offsets. */
    Claimed without(LongPredicate these) {
        return new Claimed(
                offsets.stream().filter(offset -> !these.test(offset)).collect(Collectors.toSet()),
                until,
                everybodySaid);
    }

    /** The same, but for what is known of all of them by now. */
    Claimed afterAnswer(boolean ofEverybody) {
        return new Claimed(offsets, until, ofEverybody);
    }

    /** Whether that offset is nobody's any more, as far as this goes. */
    boolean hasEnded(long offset, Instant now) {
        return !now.isBefore(until) || !offsets.contains(offset);
    }
}
