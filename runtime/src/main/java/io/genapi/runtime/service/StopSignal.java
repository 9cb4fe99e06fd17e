package io.genapi.runtime.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process does when SIGTERM or SIGINT reaches it: closes what it runs and ends the JVM, with exit code 0 if that
 * went well and 1 if not. How long closing may take is for those parts to bound, and for whoever sent the signal.
 */
public final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final Thread hook;

    private StopSignal(AutoCloseable running) {
        // A JVM that a signal ends has the signal's exit code, 143 or 130, unless it is halted with another one.
        this.hook = new Thread(() -> Runtime.getRuntime().halt(closed(running)), "shutdown");
    }

    /** From now on the signals close this. */
    public static StopSignal closes(AutoCloseable running) {
        StopSignal signal = new StopSignal(running);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /**
     * The process ends for a reason of its own, and closes by itself what it runs.
     *
     * @throws InterruptedException if interrupted while the JVM ends, because a signal came first
     */
    public void ignore() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            LOG.debug("A signal came first", signalled);
            await();
        }
    }

    /**
     * Waits for a signal; the JVM's end is this method's.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void await() throws InterruptedException {
        Thread.currentThread().join();
    }

    private static int closed(AutoCloseable running) {
        try {
            running.close();
            return 0;
        } catch (Exception failure) {
            LOG.error("It did not stop in good order", failure);
            return 1;
        }
    }
}
