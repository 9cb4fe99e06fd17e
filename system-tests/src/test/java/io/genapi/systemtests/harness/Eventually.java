package io.genapi.systemtests.harness;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions, generously: how long something takes on a shared machine says nothing. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Eventually() {}

    /** Returns when the condition holds; a condition that throws does not hold yet. */
    public static void holds(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(LOOK_AGAIN)
                .pollInSameThread()
                .ignoreExceptions()
                .until(condition);
    }
}
