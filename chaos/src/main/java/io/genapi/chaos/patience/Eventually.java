package io.genapi.chaos.patience;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for conditions, generously: how long something takes on a shared machine says nothing. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Eventually() {}

    /**
     * Returns when the condition holds; a condition that throws does not hold yet.
     *
     * @throws GivenUpException if it did not hold for two minutes, or if the condition itself gave up
     */
    public static void holds(String what, Callable<Boolean> condition) {
        holds(what, PATIENCE, condition);
    }

    /** The same with a patience of its own. */
    public static void holds(String what, Duration patience, Callable<Boolean> condition) {
        long end = System.nanoTime() + patience.toNanos();
        Throwable last = null;
        while (System.nanoTime() - end < 0) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (GivenUpException hopeless) {
                throw hopeless;
            } catch (Exception | AssertionError notYet) {
                last = notYet;
            }
            pause();
        }
        throw new GivenUpException("%s: not within %d s".formatted(what, patience.toSeconds()), last);
    }

    /** Returns when that time has come. */
    public static void passed(Instant time) {
        Duration left = Duration.between(Instant.now(), time);
        holds("it is " + time, left.plus(PATIENCE), () -> !Instant.now().isBefore(time));
    }

    @SuppressWarnings("ThreadSleep")
    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GivenUpException("interrupted", interrupted);
        }
    }
}
