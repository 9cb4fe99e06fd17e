package io.genapi.inflight.offset;

/**
 * Neighbouring offsets.
 *
 * @param from the first one
 * @param to one past the last one, more than {@code from}
 */
public record OffsetRange(long from, long to) {

    public OffsetRange {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("an offset range needs 0 <= from < to, not [" + from + ", " + to + ")");
        }
    }

    boolean contains(long offset) {
        return from <= offset && offset < to;
    }
}
