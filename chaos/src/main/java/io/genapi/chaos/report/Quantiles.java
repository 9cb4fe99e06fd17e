package io.genapi.chaos.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long things took; zero of nothing. */
public record Quantiles(Duration median, Duration p99) {

    public static Quantiles of(Stream<Duration> times) {
        List<Duration> sorted = times.sorted().toList();
        return new Quantiles(at(sorted, 0.5), at(sorted, 0.99));
    }

    private static Duration at(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) (share * (sorted.size() - 1)));
    }
}
