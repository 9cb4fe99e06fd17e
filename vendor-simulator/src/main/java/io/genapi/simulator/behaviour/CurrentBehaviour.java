package io.genapi.simulator.behaviour;

import java.util.function.UnaryOperator;

/** The behaviour in force and the gate at which held calls wait. Thread-safe. */
public final class CurrentBehaviour {

    private Behaviour behaviour;

    public CurrentBehaviour(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    public synchronized Behaviour get() {
        return behaviour;
    }

    /** Changes the behaviour of all further calls; calls that wait at the gate go on if it no longer holds them. */
    public synchronized Behaviour change(UnaryOperator<Behaviour> change) {
        behaviour = change.apply(behaviour);
        notifyAll();
        return behaviour;
    }

    /** Returns at once unless calls are held, else when they no longer are. */
    public synchronized void awaitRelease() throws InterruptedException {
        while (behaviour.held()) {
            wait();
        }
    }
}
