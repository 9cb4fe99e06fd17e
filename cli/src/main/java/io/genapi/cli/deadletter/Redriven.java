package io.genapi.cli.deadletter;

import java.util.BitSet;

/** Which letters were put back. Not thread-safe. */
public final class Redriven {

    private final long begin;
    private final BitSet letters;

    /** @param begin the number of the oldest letter that there is */
    Redriven(long begin, BitSet letters) {
        this.begin = begin;
        this.letters = letters;
    }

    void add(long letter) {
        if (letter >= begin && letter - begin < Integer.MAX_VALUE) {
            letters.set((int) (letter - begin));
        }
    }

    public boolean contains(long letter) {
        return letter >= begin && letter - begin < Integer.MAX_VALUE && letters.get((int) (letter - begin));
    }
}
