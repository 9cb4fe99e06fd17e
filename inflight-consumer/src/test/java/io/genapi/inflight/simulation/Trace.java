package io.genapi.inflight.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last steps of a schedule, and a digest of all of them. */
final class Trace {

    private static final int KEPT = Integer.getInteger("inflight.simulation.trace", 150);

    private final Deque<String> last = new ArrayDeque<>();
    private long digest;

    void add(String step) {
        digest = digest * 31 + step.hashCode();
        last.add(step);
        if (last.size() > KEPT) {
            last.remove();
        }
    }

    /** The same for two runs that took the same steps. */
    long digest() {
        return digest;
    }

    @Override
    public String toString() {
        return String.join("\n", last);
    }
}
