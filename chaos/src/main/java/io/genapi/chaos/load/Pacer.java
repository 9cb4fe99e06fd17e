package io.genapi.chaos.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Does something at an even pace, in a thread of its own, whatever becomes of it: an open loop. */
final class Pacer implements AutoCloseable {

    private final long nanosBetween;
    private final LongConsumer turn;
    private final Thread thread = Thread.ofPlatform().name("load").daemon().unstarted(this::run);
    private volatile boolean stopped;

    /** @param turn what is done, quickly; it gets its number, from 0 */
    Pacer(int perSecond, LongConsumer turn) {
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.turn = turn;
    }

    void start() {
        thread.start();
    }

    private void run() {
        long begin = System.nanoTime();
        for (long number = 0; !stopped; number++) {
            long early = begin + number * nanosBetween - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            turn.accept(number);
        }
    }

    /** Returns when the last turn is over. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
