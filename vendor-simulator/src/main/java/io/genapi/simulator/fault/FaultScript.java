package io.genapi.simulator.fault;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import java.util.Queue;

/** Faults for the next calls, one each, in order. Thread-safe; holds at most 100,000. */
public final class FaultScript {

    private static final int MOST = 100_000;

    private final Queue<Fault> faults = new ArrayDeque<>();

    /** Adds the same fault for a number of further calls. */
    public synchronized void add(Fault fault, int times) {
        if (times < 1 || times > MOST - faults.size()) {
            throw new IllegalArgumentException("times: %d faults do not fit; %d are scripted already, at most %d may be"
                    .formatted(times, faults.size(), MOST));
        }
        faults.addAll(Collections.nCopies(times, fault));
    }

    /** The fault of the next call, if one is scripted. */
    public synchronized Optional<Fault> next() {
        return Optional.ofNullable(faults.poll());
    }

    /** How many calls are scripted. */
    public synchronized int remaining() {
        return faults.size();
    }

    public synchronized void clear() {
        faults.clear();
    }
}
