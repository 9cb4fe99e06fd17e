package io.genapi.worker.attempt;

import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
public interface Pause {

    void pause(Duration duration) throws InterruptedException;
}
