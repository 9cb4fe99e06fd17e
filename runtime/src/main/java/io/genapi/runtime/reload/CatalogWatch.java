package io.genapi.runtime.reload;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the catalog's file four times a second, on a thread of its own between start and close. Thread-safe. */
public final class CatalogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final CatalogReload reload;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("catalog-watch").daemon().factory());

    public CatalogWatch(CatalogReload reload) {
        this.reload = reload;
    }

    public void start() {
        var _ = schedule.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is thrown would end the schedule. */
    private void look() {
        try {
            reload.look();
        } catch (RuntimeException failure) {
            LOG.error("The vendor catalog's file could not be looked at; it will be again", failure);
        }
    }

    @Override
    public void close() {
        // One that waits for Kafka need not hold up the end of the process.
        schedule.shutdownNow();
    }
}
