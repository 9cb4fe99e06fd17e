package io.genapi.inflight.offset;

import java.time.Instant;

/**
 * The promise of a partition's former owner to finish what it had started.
 *
 * <p>One boundary is enough to name those offsets, because records of a partition are started in their order.
 *
 * @param below every unfinished offset below this one was started by a former owner
 * @param until when the promise ends, to the millisecond
 */
public record Lease(long below, Instant until) {

    /** Both promises in one: whoever waits for the later end waits long enough for either. */
    Lease merge(Lease other) {
        return new Lease(Math.max(below, other.below), until.isAfter(other.until) ? until : other.until);
    }
}
