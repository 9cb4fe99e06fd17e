package io.genapi.runtime.claim;

import io.genapi.schemas.job.ClaimCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens bodies in a place that may hang: who asks waits only for so long, and not at all while the place rests. The threads
 * that hang with it are the only ones there are, so that neither they nor what they hold ever get more. Thread-safe.
 */
public final class PatientBodies {

    /** Opens a body, or throws, or hangs. */
    @FunctionalInterface
    public interface Opener {

        BodyOpening open(ClaimCheck claim) throws InterruptedException;
    }

    /** Of all places that claims name, one is this process's; of the others nothing is read but what place this is. */
    private static final int PLACES = 100;

    private static final Duration THREADS_REST = Duration.ofSeconds(30);

    private final Opener opener;
    private final Duration patience;
    private final InstantSource clock;
    private final ThreadPoolExecutor threads;
    private final Map<String, PlaceHealth> places = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PlaceHealth> eldest) {
            return size() > PLACES;
        }
    });

    /**
     * @param patience with the place, for one body
     * @param atOnce how many are opened at a time, those among them that nobody waits for any more; at least 1
     */
    public PatientBodies(Opener opener, Duration patience, int atOnce, InstantSource clock) {
        this.opener = opener;
        this.patience = patience;
        this.clock = clock;
        // Threads of the platform: a file that hangs would take one of the few that carry all virtual ones.
        this.threads = new ThreadPoolExecutor(
                0,
                atOnce,
                THREADS_REST.toNanos(),
                TimeUnit.NANOSECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("body-opening-", 0).daemon().factory());
    }

    /** @throws InterruptedException if the calling thread is interrupted meanwhile */
    public BodyOpening open(ClaimCheck claim) throws InterruptedException {
        PlaceHealth place = health(claim.place());
        Optional<String> objection = place.objection(clock.instant());
        if (objection.isPresent()) {
            return new BodyOpening.Unavailable(objection.get());
        }
        Future<BodyOpening> opening;
        try {
            opening = threads.submit(() -> opened(claim, place));
        } catch (RejectedExecutionException full) {
            Optional<String> trouble = place.trouble();
            trouble.ifPresent(reason -> place.failed(claim.key(), reason, clock.instant()));
            return trouble.<BodyOpening>map(BodyOpening.Unavailable::new).orElseGet(BodyOpening.Busy::new);
        }
        BodyOpening outcome = await(opening);
        if (outcome instanceof BodyOpening.Unavailable(var reason)) {
            place.failed(claim.key(), reason, clock.instant());
        }
        return outcome;
    }

    /** Whether bodies of that place can be opened, as far as attempts have shown. */
    public boolean canOpen(String place) {
        return health(place).isWell(clock.instant());
    }

    private PlaceHealth health(String place) {
        return places.computeIfAbsent(place, _ -> new PlaceHealth());
    }

    /** An answer that comes too late for its own body still says that the place answers. */
    private BodyOpening opened(ClaimCheck claim, PlaceHealth place) throws InterruptedException {
        BodyOpening outcome = opener.open(claim);
        if (!(outcome instanceof BodyOpening.Unavailable)) {
            place.answered();
        }
        return outcome;
    }

    private BodyOpening await(Future<BodyOpening> opening) throws InterruptedException {
        try {
            return opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            return new BodyOpening.Unavailable(
                    "The place of blobs gave no body within %s. Check that what genapi.blob.* names answers."
                            .formatted(patience));
        } catch (ExecutionException failure) {
            throw new IllegalStateException("opening a body failed", failure.getCause());
        } finally {
            opening.cancel(true);
        }
    }
}
