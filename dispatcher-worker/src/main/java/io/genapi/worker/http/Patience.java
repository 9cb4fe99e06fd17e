package io.genapi.worker.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends one answer if nothing comes of it for too long. Only waiting counts: who is slow to take what came is not the
 * vendor. Thread-safe.
 */
final class Patience implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final Runnable giveUp;
    private Duration longest;
    private @Nullable Future<?> check;
    private long waitingSince;
    private boolean waiting;
    private boolean lost;
    private boolean over;

    /** @param giveUp ends the wait, from another thread */
    Patience(Duration longest, ScheduledExecutorService timer, Runnable giveUp) {
        this.longest = longest;
        this.timer = timer;
        this.giveUp = giveUp;
    }

    synchronized void waitFor() {
        waiting = true;
        waitingSince = System.nanoTime();
        if (check == null) {
            check(longest.toNanos());
        }
    }

    synchronized void received() {
        waiting = false;
    }

    /** From now on it waits no longer than that. */
    synchronized void shorten(Duration most) {
        if (most.compareTo(longest) < 0) {
            longest = most;
            if (check != null) {
                check.cancel(false);
            }
            check(longest.toNanos());
        }
    }

    private void check(long inNanos) {
        check = timer.schedule(this::look, inNanos, TimeUnit.NANOSECONDS);
    }

    /** One look in a while: a timer for each piece would cost more than the piece. */
    private synchronized void look() {
        if (over) {
            return;
        }
        long left = waiting ? longest.toNanos() - (System.nanoTime() - waitingSince) : longest.toNanos();
        if (left > 0) {
            check(left);
        } else {
            lost = true;
            giveUp.run();
        }
    }

    /** Whether it was the wait that was ended. */
    synchronized boolean isLost() {
        return lost;
    }

    @Override
    public synchronized void close() {
        over = true;
        if (check != null) {
            check.cancel(false);
        }
    }
}
