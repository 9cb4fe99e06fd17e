package io.genapi.inflight.offset;

/**
 * How much room a partition's commits have for the map of finished offsets.
 *
 * <p>A map grows also without new intake, as running records finish in the worst order. So room is given by the largest
 * map that what runs could still lead to, and a map that fits is certain when its records start, not when it is written.
 *
 * @param bytes what the broker takes per partition, its {@code offset.metadata.max.bytes}; at least 128
 */
public record MetadataBudget(int bytes) {

    /** The part of the budget, in percent, beyond which nothing new starts. */
    private static final int USABLE_PERCENT = 75;

    private static final int SMALLEST = 128;

    public MetadataBudget {
        if (bytes < SMALLEST) {
            throw new IllegalArgumentException(
                    "metadataBudgetBytes is " + bytes + ", which holds no useful map; give at least " + SMALLEST
                            + " (Kafka's default for offset.metadata.max.bytes is 4096)");
        }
    }

    /**
     * Whether the map surely fits when this many offsets from the lowest unfinished one on have been started, of which
     * so many are unfinished.
     */
    boolean admits(long span, long unfinished) {
        return largestLength(span, unfinished) <= (long) bytes * USABLE_PERCENT / 100;
    }

    /** The length that no encoding of such a window exceeds, whichever of the unfinished offsets finish first. */
    static long largestLength(long span, long unfinished) {
        long bitmap = span / Byte.SIZE + 1;
        // A hand-over has one bit more for each unfinished offset: whether anybody runs it.
        long promises = Math.min(span, unfinished) / Byte.SIZE + 1;
        return OffsetMapCodec.textLength(
                OffsetMapCodec.LARGEST_HEADER + promises + Math.min(bitmap, largestRuns(span, unfinished)));
    }

    /**
     * At most one run of unfinished offsets per unfinished offset, and one run of finished ones more. A run's length
     * takes one byte and another one for each power of 128 that it reaches, which only few runs can within the span.
     */
    private static long largestRuns(long span, long unfinished) {
        long runs = unfinished + 1;
        long total = 2 * runs + unfinished / 127;
        for (long reach = span >> 7; reach > 0; reach >>= 7) {
            total += Math.min(runs, reach);
        }
        return total;
    }
}
