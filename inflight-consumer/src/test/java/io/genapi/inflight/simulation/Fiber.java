package io.genapi.inflight.simulation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs only while {@link #resume} waits for it: as if it were a call that can be left in its middle and
 * entered again there. One side always sleeps, so nothing runs side by side.
 */
final class Fiber {

    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore hasPaused = new Semaphore(0);
    private final Thread thread;
    private @Nullable Throwable failure;
    private boolean ended;

    Fiber(Runnable task) {
        thread = Thread.ofVirtual().unstarted(() -> {
            mayRun.acquireUninterruptibly();
            try {
                task.run();
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                ended = true;
                hasPaused.release();
            }
        });
        thread.start();
    }

    /** Lets the task go on to its next {@link #pause} or its end. */
    void resume() {
        mayRun.release();
        hasPaused.acquireUninterruptibly();
        if (failure != null) {
            throw new IllegalStateException("a run threw", failure);
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** Called by the task: back to whoever resumed it. */
    void pause() {
        hasPaused.release();
        mayRun.acquireUninterruptibly();
    }
}
