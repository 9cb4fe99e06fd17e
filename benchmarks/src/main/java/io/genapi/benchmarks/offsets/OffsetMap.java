package io.genapi.benchmarks.offsets;

import io.genapi.inflight.offset.OffsetRange;
import io.genapi.inflight.offset.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** What a commit may have to say, over as many offsets as its default budget surely holds. */
public enum OffsetMap {
    /** Little is finished: one offset in 200. */
    SPARSE(1 / 200.0),
    /** Little is not: all but one in 200. */
    DENSE(1 - 1 / 200.0),
    /** Every second one, by chance, which nothing compresses. */
    WORST(1 / 2.0);

    private static final int SPAN = 18_000;
    private static final long OFFSET = 1_000_000;
    private static final long SEED = 11;

    private final double finished;

    OffsetMap(double finished) {
        this.finished = finished;
    }

    Progress progress() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<OffsetRange> ranges = new ArrayList<>();
        long from = -1;
        // The lowest offset is unfinished, and so is the end, which closes the last range.
        for (int place = 1; place <= SPAN; place++) {
            boolean done = place < SPAN && random.nextDouble() < finished;
            if (done && from < 0) {
                from = OFFSET + place;
            } else if (!done && from >= 0) {
                ranges.add(new OffsetRange(from, OFFSET + place));
                from = -1;
            }
        }
        return new Progress(OFFSET, ranges, OptionalInt.of(3), Optional.empty());
    }
}
