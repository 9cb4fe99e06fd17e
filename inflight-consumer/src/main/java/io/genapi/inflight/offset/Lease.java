package io.genapi.inflight.offset;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * The promise of a partition's former owner to finish what it had started.
 *
 * @param below the promise is for the unfinished offsets below this one
 * @param until when the promise ends, to the millisecond
 * @param free unfinished offsets below the boundary that nobody has promised, ascending: they were passed over, waiting
 *     for another record or set aside, and start as any other
 */
public record Lease(long below, Instant until, List<Long> free) {

    public Lease {
        free = List.copyOf(free);
    }

    /** For every unfinished offset below the boundary. */
    public Lease(long below, Instant until) {
        this(below, until, List.of());
    }

    /** Whether the promise is for that offset, if it is unfinished. */
    public boolean covers(long offset) {
        return offset < below && Collections.binarySearch(free, offset) < 0;
    }

    /** The same for no more than what lies below that offset. */
    Lease cutAt(long offset) {
        return offset >= below
                ? this
                : new Lease(
                        offset,
                        until,
                        free.stream().filter(known -> known < offset).toList());
    }
}
