package io.genapi.benchmarks.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The baseline for the tracker: the finished offsets above the one to commit, in a set. */
final class FinishedSet {

    private final TreeSet<Long> finished = new TreeSet<>();
    private long lowestUnfinished;

    void finished(long offset) {
        finished.add(offset);
        while (finished.remove(lowestUnfinished)) {
            lowestUnfinished++;
        }
    }

    /** What a commit has to say beyond its offset. */
    List<Long> progress() {
        return new ArrayList<>(finished);
    }
}
