package io.genapi.inflight.offset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a partition has got: what one commit says.
 *
 * @param offset the lowest unfinished offset, which is the one to commit
 * @param finished the finished offsets from there on, ascending, neither overlapping nor touching
 * @param leaderEpoch the latest epoch among the records read so far. A record of a later epoch was written after them,
 *     so what stood at its offset has been truncated away (<a href="https://cwiki.apache.org/confluence/x/fRnRBQ">KIP-320</a>)
 * @param lease what a former owner still runs
 */
public record Progress(long offset, List<OffsetRange> finished, OptionalInt leaderEpoch, Optional<Lease> lease) {

    public Progress {
        finished = List.copyOf(finished);
    }

    /** Everything below the offset is finished and nothing else is known. */
    public static Progress upTo(long offset) {
        return new Progress(offset, List.of(), OptionalInt.empty(), Optional.empty());
    }

    /** One past the highest finished offset. */
    long end() {
        return finished.isEmpty() ? offset : finished.getLast().to();
    }
}
