package io.genapi.gateway.claim;

import io.genapi.schemas.job.ClaimCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts bodies away, a few at once and each in a bounded time: a place that hangs keeps so many threads and bodies and no
 * more. One that has failed is left alone for a while, the longer the more bodies hang in it, and then tried with one.
 * Thread-safe.
 */
final class PatientPlace {

    /** Of up to 10 MiB each. */
    static final int AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(PatientPlace.class);
    private static final Duration REST = Duration.ofSeconds(10);

    private final BodyPlace place;
    private final Duration patience;
    private final InstantSource clock;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Semaphore trials = new Semaphore(1);

    /** How many are under way that nobody waits for any more. */
    private final AtomicInteger hanging = new AtomicInteger();

    /** There from a failure on, until a body is put away again. */
    private volatile Optional<Instant> restsUntil = Optional.empty();

    /** @param patience with the place, for one body, and as much again until it is that body's turn */
    PatientPlace(BodyPlace place, Duration patience, InstantSource clock) {
        this.place = place;
        this.patience = patience;
        this.clock = clock;
    }

    /** Empty where the body is not put away. */
    Optional<ClaimCheck> put(byte[] body) throws InterruptedException {
        return restsUntil.isPresent() ? tried(body) : inTurn(body);
    }

    private Optional<ClaimCheck> tried(byte[] body) throws InterruptedException {
        if (rests() || !trials.tryAcquire()) {
            return Optional.empty();
        }
        try {
            if (rests() || !turns.tryAcquire()) {
                return Optional.empty();
            }
            Optional<ClaimCheck> claim = putNow(body);
            if (claim.isPresent()) {
                restsUntil = Optional.empty();
                LOG.info("The place of blobs takes request bodies again");
            }
            return claim;
        } finally {
            trials.release();
        }
    }

    private Optional<ClaimCheck> inTurn(byte[] body) throws InterruptedException {
        if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        if (restsUntil.isPresent()) {
            turns.release();
            return Optional.empty();
        }
        return putNow(body);
    }

    private boolean rests() {
        return restsUntil.filter(clock.instant()::isBefore).isPresent();
    }

    /** Whose turn it is. */
    private Optional<ClaimCheck> putNow(byte[] body) throws InterruptedException {
        CompletableFuture<ClaimCheck> put = new CompletableFuture<>();
        Thread thread;
        try {
            // One of the platform: a file that hangs would take one of the few that carry all virtual ones.
            thread = Thread.ofPlatform().name("body-put").daemon().start(() -> {
                try {
                    put.complete(place.put(body));
                } catch (IOException | RuntimeException | Error failure) {
                    put.completeExceptionally(failure);
                } finally {
                    // Not before it has ended, however long it hangs.
                    turns.release();
                }
            });
        } catch (OutOfMemoryError noThread) {
            turns.release();
            return failed("No thread could be started (%s). Raise the limit of threads or the memory of this process."
                    .formatted(noThread.getMessage()));
        }
        try {
            return Optional.of(put.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException slow) {
            hanging.incrementAndGet();
            var _ = put.whenComplete((_, _) -> hanging.decrementAndGet());
            return failed(
                    "It did not take one of %d bytes in %d ms. Check what genapi.blob.* names, or raise genapi.gateway.claim-check.patience."
                            .formatted(body.length, patience.toMillis()));
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            return failed(
                    cause instanceof IOException told ? String.valueOf(told.getMessage()) : String.valueOf(cause));
        } finally {
            thread.interrupt();
        }
    }

    private Optional<ClaimCheck> failed(String reason) {
        restsUntil = Optional.of(clock.instant().plus(REST.multipliedBy(Math.max(1, hanging.get()))));
        LOG.warn("The place of blobs takes no request bodies, which travel in Kafka meanwhile: {}", reason);
        return Optional.empty();
    }
}
