package io.genapi.inflight.simulation;

import io.genapi.inflight.lane.Gate;

/** A lane's gate, opened and shut by the schedule. */
final class SimulatedGate implements Gate {

    private boolean open = true;

    void toggle() {
        open = !open;
    }

    void open() {
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public String toString() {
        return open ? "open" : "shut";
    }

    @Override
    public int room() {
        return open ? 3 : 0;
    }
}
