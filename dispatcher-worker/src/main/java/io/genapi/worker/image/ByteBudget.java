package io.genapi.worker.image;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many bytes of images may be in memory at once, all calls together. Thread-safe; first come, first served. */
final class ByteBudget {

    private static final int UNIT = 1024;

    private final int most;
    private final Semaphore left;

    /** @param bytes at least 1024 */
    ByteBudget(long bytes) {
        this.most = Math.toIntExact(bytes / UNIT);
        this.left = new Semaphore(most, true);
    }

    /**
     * Takes a share, waiting for it if need be.
     *
     * @return the share in units, to be given back; 0 if none became free in time
     */
    int take(long bytes, Duration patience) throws InterruptedException {
        int units = units(bytes);
        return left.tryAcquire(units, patience.toNanos(), TimeUnit.NANOSECONDS) ? units : 0;
    }

    /** Gives back what of a share is more than was needed; the rest of the share. */
    int shrink(int units, long bytesNeeded) {
        int needed = Math.min(units, units(bytesNeeded));
        left.release(units - needed);
        return needed;
    }

    void giveBack(int units) {
        left.release(units);
    }

    private int units(long bytes) {
        return (int) Math.min(most, Math.max(1, (bytes + UNIT - 1) / UNIT));
    }
}
