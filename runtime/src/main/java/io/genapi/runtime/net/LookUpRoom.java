package io.genapi.runtime.net;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many look-ups of one kind may be under way; those of one owner take a quarter of it at most. Thread-safe. */
final class LookUpRoom {

    private static final int OWNERS = 4;

    private final Semaphore places;
    private final int share;
    private final Map<Object, Share> shares = new ConcurrentHashMap<>();

    private static final class Share {
        final Semaphore places;
        /** Who has a place or waits for one; changed under the map's lock alone. */
        int users;

        Share(int size) {
            places = new Semaphore(size, true);
        }
    }

    /** Takes a place, or waits for one. */
    @FunctionalInterface
    private interface Taking<X extends Exception> {
        boolean take(Semaphore places) throws X;
    }

    LookUpRoom(int size) {
        places = new Semaphore(size, true);
        share = Math.max(1, size / OWNERS);
    }

    /**
     * Whether there was a place; if so, it is to be {@link #leave left} again.
     *
     * @param patience for one of its owner's share, and again for one of all
     */
    boolean enter(Object owner, Duration patience) throws InterruptedException {
        return enter(owner, free -> free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The same, without waiting. */
    boolean enterNow(Object owner) {
        return enter(owner, Semaphore::tryAcquire);
    }

    private <X extends Exception> boolean enter(Object owner, Taking<X> taking) throws X {
        Share its = shares.compute(owner, (_, known) -> used(known == null ? new Share(share) : known));
        boolean hasShare = false;
        boolean entered = false;
        try {
            hasShare = taking.take(its.places);
            entered = hasShare && taking.take(places);
        } finally {
            if (!entered) {
                giveBack(owner, hasShare);
            }
        }
        return entered;
    }

    private static Share used(Share share) {
        share.users++;
        return share;
    }

    void leave(Object owner) {
        places.release();
        giveBack(owner, true);
    }

    private void giveBack(Object owner, boolean hasShare) {
        shares.computeIfPresent(owner, (_, its) -> unused(its, hasShare));
    }

    private static @Nullable Share unused(Share share, boolean hadPlace) {
        if (hadPlace) {
            share.places.release();
        }
        share.users--;
        return share.users == 0 ? null : share;
    }
}
