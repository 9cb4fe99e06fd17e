package io.genapi.runtime.claim;

import io.genapi.schemas.job.ClaimCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens bodies in a place that may hang: who asks waits only for so long, and not at all while the place rests. The threads
 * that hang with it are the only ones there are, so that neither they nor what they hold ever get more; and a body that
 * hangs has one of them. Thread-safe.
 */
public final class PatientBodies {

    /** Opens a body, or throws, or hangs. */
    @FunctionalInterface
    public interface Opener {

        BodyOpening open(ClaimCheck claim) throws InterruptedException;
    }

    /** Of all places that claims name, one is this process's; of the others nothing is read but what place this is. */
    private static final int PLACES = 100;

    private static final String HANGS_STILL =
            "A body hangs in the place of blobs. Check that what genapi.blob.* names answers; where it does, start this process again.";

    private final Opener opener;
    private final Duration patience;
    private final int atOnce;
    private final InstantSource clock;
    private final Semaphore turns;

    /** The keys of bodies that are being opened still, and that nobody waits for any more. */
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();

    private final Map<String, PlaceHealth> places = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PlaceHealth> eldest) {
            return size() > PLACES;
        }
    });

    /**
     * @param patience with the place, for one body, and as much again until it is that body's turn
     * @param atOnce how many are opened at a time, those among them that nobody waits for any more; at least 1
     */
    public PatientBodies(Opener opener, Duration patience, int atOnce, InstantSource clock) {
        this.opener = opener;
        this.patience = patience;
        this.atOnce = atOnce;
        this.clock = clock;
        this.turns = new Semaphore(atOnce, true);
    }

    /** @throws InterruptedException if the calling thread is interrupted meanwhile */
    public BodyOpening open(ClaimCheck claim) throws InterruptedException {
        if (hanging.contains(claim.key())) {
            return new BodyOpening.Unavailable(HANGS_STILL);
        }
        PlaceHealth place = health(claim.place());
        Optional<String> objection = place.objection(clock.instant());
        if (objection.isEmpty() && !turns.tryAcquire()) {
            objection = awaitTurn(claim, place);
        }
        return objection.isPresent() ? new BodyOpening.Unavailable(objection.get()) : openNow(claim, place);
    }

    /** Why there is no turn for this body; empty when it has one. A place in trouble is not waited for. */
    private Optional<String> awaitTurn(ClaimCheck claim, PlaceHealth place) throws InterruptedException {
        if (place.trouble().isEmpty() && turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            Optional<String> objection = place.objection(clock.instant());
            objection.ifPresent(_ -> turns.release());
            return objection;
        }
        Optional<String> trouble = place.trouble();
        if (trouble.isPresent() && hanging.size() >= atOnce) {
            place.failed(claim.key(), trouble.get(), clock.instant());
        }
        return Optional.of(trouble.orElseGet(() ->
                "The place of blobs is slow: as many bodies as may be were being opened for %s. Check what genapi.blob.* names."
                        .formatted(patience)));
    }

    /** Whether bodies of that place can be opened, as far as attempts have shown. */
    public boolean canOpen(String place) {
        return health(place).isWell(clock.instant());
    }

    private PlaceHealth health(String place) {
        return places.computeIfAbsent(place, _ -> new PlaceHealth());
    }

    /** Whose turn it is. */
    private BodyOpening openNow(ClaimCheck claim, PlaceHealth place) throws InterruptedException {
        CompletableFuture<BodyOpening> opening = new CompletableFuture<>();
        Thread thread;
        try {
            // One of the platform: a file that hangs would take one of the few that carry all virtual ones.
            thread = Thread.ofPlatform().name("body-opening").daemon().start(() -> {
                try {
                    opening.complete(opened(claim, place));
                } catch (InterruptedException | RuntimeException | Error failure) {
                    opening.completeExceptionally(failure);
                }
            });
        } catch (OutOfMemoryError noThread) {
            turns.release();
            return new BodyOpening.Unavailable(
                    "No thread could be started to open a body (%s). Raise the limit of threads or the memory of this process."
                            .formatted(noThread.getMessage()));
        }
        try {
            BodyOpening outcome = await(opening, claim.key());
            if (outcome instanceof BodyOpening.Unavailable(var reason)) {
                place.failed(claim.key(), reason, clock.instant());
            }
            return outcome;
        } finally {
            thread.interrupt();
        }
    }

    /** An answer that comes too late for its own body still says that the place answers. */
    private BodyOpening opened(ClaimCheck claim, PlaceHealth place) throws InterruptedException {
        try {
            BodyOpening outcome = opener.open(claim);
            if (!(outcome instanceof BodyOpening.Unavailable)) {
                place.answered();
            }
            return outcome;
        } finally {
            // Not before it has ended, however long it hangs.
            turns.release();
        }
    }

    private BodyOpening await(CompletableFuture<BodyOpening> opening, String key) throws InterruptedException {
        try {
            return opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            hanging.add(key);
            var _ = opening.whenComplete((_, _) -> hanging.remove(key));
            return new BodyOpening.Unavailable(
                    "The place of blobs gave no body within %s. Check that what genapi.blob.* names answers."
                            .formatted(patience));
        } catch (ExecutionException failure) {
            throw new IllegalStateException("opening a body failed", failure.getCause());
        }
    }
}
