package io.genapi.inflight.run;

import java.time.Duration;

/** Waits on the calling thread, which may be interrupted. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
