package io.genapi.store.kafka;

import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what needs to know all webhook endpoints, once they are known; nothing else waits for it. Thread-safe. */
final class StartAfterEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(StartAfterEndpoints.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String thread;
    private final String notYet;
    private final Consumer<Duration> endpoints;
    private final Runnable start;
    private volatile boolean cancelled;
    private volatile @Nullable Thread starting;

    /**
     * @param thread its name
     * @param notYet what the log says while it waits
     * @param endpoints returns when all endpoints are known, or throws a {@link StartException} after so long
     * @param start a {@link StartException} of it is taken for a reason to try again
     */
    StartAfterEndpoints(String thread, String notYet, Consumer<Duration> endpoints, Runnable start) {
        this.thread = thread;
        this.notYet = notYet;
        this.endpoints = endpoints;
        this.start = start;
    }

    /** Returns at once. */
    void begin() {
        starting = Thread.ofPlatform().name(thread).start(this::run);
    }

    private void run() {
        while (!cancelled) {
            try {
                endpoints.accept(PATIENCE);
                if (!cancelled) {
                    start.run();
                }
                return;
            } catch (StartException later) {
                if (!cancelled) {
                    LOG.warn("{}: {}", notYet, later.getMessage());
                }
            }
        }
    }

    /** Returns when nothing is started any more that has not been. */
    void cancel() {
        cancelled = true;
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
