package io.genapi.runtime.claim;

import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every second which place of blobs this is, on a thread of its own, which may hang with it. Thread-safe. */
public final class PlaceWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A look that takes longer hangs. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final String HANGS =
            "The place of blobs does not answer. Check that what genapi.blob.* names does, and start this process again where it hangs although that does.";

    private record Look(String place, Instant at) {}

    private final BlobStore blobs;
    private final InstantSource clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("place-watch").daemon().factory());
    private volatile Optional<Look> last = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    public PlaceWatch(BlobStore blobs, InstantSource clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    public void start() {
        var _ = schedule.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        try {
            last = Optional.of(new Look(blobs.place(), clock.instant()));
            failure = Optional.empty();
        } catch (BlobStoreException | RuntimeException away) {
            failure = Optional.of(String.valueOf(away.getMessage()));
            last = Optional.empty();
        }
    }

    /** The id of the place, as a look lately found it; empty while it is away or hangs. Never waits. */
    public Optional<String> place() {
        Instant oldest = clock.instant().minus(FRESH);
        return last.filter(look -> look.at().isAfter(oldest)).map(Look::place);
    }

    /** Why it is away, in sentences and with the remedy; of no meaning where it is not. */
    public String absence() {
        return failure.orElse(HANGS);
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
