package io.genapi.gateway.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room for so much, shared by the batches that a gateway runs: whatever some of them hold on to, the others go on. Half of
 * it is set aside in equal parts, one for each batch that may be run; of the rest each takes what it needs, but never so
 * much that it has more than an even share of all, or than half. Thread-safe.
 */
public final class SharedRoom {

    private final long total;
    private final int maxRuns;
    private final long setAside;
    private final List<Share> shares = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @param maxRuns how many batches may be run at once */
    public SharedRoom(long total, int maxRuns) {
        this.total = total;
        this.maxRuns = maxRuns;
        this.setAside = total / (2L * maxRuns);
    }

    /** A part of it for one more batch, to be closed. */
    Share join() {
        lock.lock();
        try {
            Share share = new Share();
            shares.add(share);
            return share;
        } finally {
            lock.unlock();
        }
    }

    /** What one batch holds. */
    final class Share implements AutoCloseable {

        private long held;

        private Share() {}

        /** False where there is no room in time. Who holds nothing gets what it asks for, however much that is. */
        boolean tryTake(long count, Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (!mayTake(count)) {
                    if (left <= 0) {
                        return false;
                    }
                    left = changed.awaitNanos(left);
                }
                held += count;
                return true;
            } finally {
                lock.unlock();
            }
        }

        private boolean mayTake(long count) {
            long then = held + count;
            if (held == 0 || then <= setAside) {
                return true;
            }
            long lent = shares.stream()
                    .mapToLong(share -> Math.max(0, (share == this ? then : share.held) - setAside))
                    .sum();
            return then <= total / Math.max(2, shares.size()) && lent <= total - setAside * maxRuns;
        }

        void giveBack(long count) {
            lock.lock();
            try {
                held -= count;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Gives back all of it. */
        @Override
        public void close() {
            lock.lock();
            try {
                shares.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
