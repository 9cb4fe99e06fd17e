package io.genapi.inflight.poll;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes of what runs. A record that does not fit puts a claim on what gets free, so that smaller ones cannot
 * pass it for ever. For the poll thread; any thread may read {@link #inFlight}.
 */
final class ByteBudget {

    private final long limit;

    /** Written by the poll thread alone. */
    private volatile long inFlight;

    /** Whose record waits for room, and whether it has asked again in this turn. */
    private @Nullable TopicPartition claimant;

    private long claimed;
    private boolean claimRenewed;

    ByteBudget(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /** Bytes of keys, values and headers. */
    long inFlight() {
        return inFlight;
    }

    /**
     * Whether that many more bytes may run.
     *
     * @param nothingRuns in which case any record may, whatever its size
     */
    boolean admits(TopicPartition who, long bytes, boolean nothingRuns) {
        boolean mine = who.equals(claimant);
        long reserved = claimant == null || mine ? 0 : claimed;
        if ((nothingRuns && reserved == 0) || inFlight + reserved + bytes <= limit) {
            if (mine) {
                claimant = null;
            }
            return true;
        }
        if (claimant == null || mine) {
            claimant = who;
            claimed = bytes;
            claimRenewed = true;
        }
        return false;
    }

    /** A claim that was not renewed has lapsed: its partition has gone, or its lane may start nothing. */
    void endTurn() {
        if (!claimRenewed) {
            claimant = null;
        }
        claimRenewed = false;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void started(long bytes) {
        inFlight += bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void ended(long bytes) {
        inFlight -= bytes;
    }
}
