package io.genapi.store.kafka;

import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what needs to know all webhook endpoints, once they are known; nothing else waits for it. Thread-safe. */
final class StartAfterEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(StartAfterEndpoints.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final String thread;
    private final String notYet;
    private final Consumer<Duration> endpoints;
    private final Runnable start;
    private final Duration pause;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile @Nullable Thread starting;

    /**
     * @param thread its name
     * @param notYet what the log says while it waits
     * @param endpoints returns when all endpoints are known, or throws a {@link StartException} after so long
     * @param start a {@link StartException} of it is taken for a reason to try again
     * @param pause before it is tried again
     */
    StartAfterEndpoints(String thread, String notYet, Consumer<Duration> endpoints, Runnable start, Duration pause) {
        this.thread = thread;
        this.notYet = notYet;
        this.endpoints = endpoints;
        this.start = start;
        this.pause = pause;
    }

    /** Returns at once. */
    void begin() {
        starting = Thread.ofPlatform().name(thread).start(this::run);
    }

    private void run() {
        try {
            while (!isCancelled()) {
                if (isStarted()) {
                    return;
                }
                var _ = cancelled.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStarted() {
        try {
            endpoints.accept(PATIENCE);
            if (!isCancelled()) {
                start.run();
            }
            return true;
        } catch (StartException later) {
            if (!isCancelled()) {
                LOG.warn("{}: {}", notYet, later.getMessage());
            }
            return false;
        }
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Returns when nothing is started any more that has not been. */
    void cancel() {
        cancelled.countDown();
        Thread starter = starting;
        if (starter != null) {
            starter.interrupt();
            try {
                starter.join(PATIENCE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
