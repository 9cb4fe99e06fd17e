package io.genapi.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one closed loop of round trips took. */
record Measurement(long trips, Duration elapsed, Histogram latencyNanos) {

    double perSecond() {
        return trips * 1e9 / elapsed.toNanos();
    }

    double millisAt(double percentile) {
        return latencyNanos.getValueAtPercentile(percentile) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
