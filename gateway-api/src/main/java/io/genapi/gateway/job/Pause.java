package io.genapi.gateway.job;

import java.time.Duration;

/** How a thread lets time pass between two tries. */
@FunctionalInterface
public interface Pause {

    void rest(Duration duration) throws InterruptedException;
}
