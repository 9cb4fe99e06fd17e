package io.genapi.benchmarks.contender;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Counts jobs, and takes the time where the {@link Window} begins and ends. Thread-safe. */
final class Tally {

    /** When, and how much CPU time the process had taken; nanoseconds both. */
    private record Mark(long time, long cpu) {}

    private final LongSupplier ticker;
    private final LongSupplier cpu;
    private final long enough;
    private final long windowFrom;
    private final long windowTo;
    private final AtomicLongArray seen;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicLong repeated = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long firstStart = Long.MIN_VALUE;
    private volatile Mark from = new Mark(0, 0);
    private volatile Mark to = new Mark(0, 0);
    private volatile long lastEnd;

    /**
     * @param enough how many jobs are counted, at least 10
     * @param known how many there are
     * @param ticker nanoseconds since any fixed moment
     * @param cpu nanoseconds that the process has computed for
     */
    Tally(long enough, long known, LongSupplier ticker, LongSupplier cpu) {
        this.enough = enough;
        this.windowFrom = enough / 10;
        this.windowTo = enough - enough / 10;
        this.seen = new AtomicLongArray(Math.toIntExact(known / Long.SIZE + 1));
        this.ticker = ticker;
        this.cpu = cpu;
    }

    void started() {
        if (firstStart == Long.MIN_VALUE) {
            begin();
        }
        int now = inFlight.incrementAndGet();
        if (now > mostInFlight.get()) {
            mostInFlight.accumulateAndGet(now, Math::max);
        }
    }

    private synchronized void begin() {
        if (firstStart == Long.MIN_VALUE) {
            firstStart = ticker.getAsLong();
        }
    }

    /** @param number of the job, from 0 to less than {@code known} */
    void ended(long number) {
        inFlight.decrementAndGet();
        long bit = 1L << number;
        if ((seen.getAndAccumulate((int) (number / Long.SIZE), bit, (word, one) -> word | one) & bit) != 0) {
            repeated.incrementAndGet();
            return;
        }
        long count = ended.incrementAndGet();
        if (count == windowFrom) {
            from = mark();
        }
        if (count == windowTo) {
            to = mark();
        }
        if (count == enough) {
            lastEnd = ticker.getAsLong();
            done.countDown();
        }
    }

    private Mark mark() {
        return new Mark(ticker.getAsLong(), cpu.getAsLong());
    }

    /** Whether enough jobs have ended, waited for no longer than that. */
    boolean awaitEnough(Duration limit) throws InterruptedException {
        return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    long ended() {
        return ended.get();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Jobs that ended a second time, which none may. */
    long repeated() {
        return repeated.get();
    }

    /** When enough have ended. */
    Figures figures(Footprint footprint) {
        return new Figures(
                new Window(
                        windowTo - windowFrom,
                        Duration.ofNanos(to.time() - from.time()),
                        Duration.ofNanos(to.cpu() - from.cpu())),
                Duration.ofNanos(lastEnd - firstStart),
                mostInFlight.get(),
                footprint);
    }
}
