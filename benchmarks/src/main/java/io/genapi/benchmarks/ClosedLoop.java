package io.genapi.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A number of connections, each of which starts its next round trip when the one before has come back. */
final class ClosedLoop {

    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private ClosedLoop() {}

    /** @throws IllegalStateException if a round trip failed: a benchmark of failures measures nothing */
    static Measurement run(RoundTrip trip, int connections, long trips) throws InterruptedException {
        Histogram latency = new ConcurrentHistogram(HIGHEST_NANOS, DIGITS);
        AtomicLong left = new AtomicLong(trips);
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> loops = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                loops.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        long start = System.nanoTime();
                        trip.go();
                        latency.recordValue(System.nanoTime() - start);
                    }
                    return null;
                }));
            }
            for (Future<?> loop : loops) {
                loop.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A round trip failed: " + failure.getCause(), failure.getCause());
        }
        return new Measurement(trips, Duration.ofNanos(System.nanoTime() - begin), latency);
    }
}
