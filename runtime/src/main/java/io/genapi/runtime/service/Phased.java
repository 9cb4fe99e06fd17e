package io.genapi.runtime.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Something that starts and stops at its place in the order of a process: lower phases start earlier and stop later.
 * The web server's phase lies between {@link #BEFORE_HTTP} and {@link #AFTER_HTTP}.
 */
public final class Phased implements SmartLifecycle {

    /** Up before the first request comes in, down after the last one has left. */
    public static final int BEFORE_HTTP = 0;

    /** Up when requests can come in, down before they no longer can. */
    public static final int AFTER_HTTP = DEFAULT_PHASE;

    private final int phase;
    private final Runnable start;
    private final Runnable stop;
    private volatile boolean running;
    private volatile @Nullable RuntimeException failure;

    public Phased(int phase, Runnable start, Runnable stop) {
        this.phase = phase;
        this.start = start;
        this.stop = stop;
    }

    @Override
    public void start() {
        start.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            stop.run();
        } catch (RuntimeException failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Why it did not stop in good order, if it did not; Spring itself only logs that. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
