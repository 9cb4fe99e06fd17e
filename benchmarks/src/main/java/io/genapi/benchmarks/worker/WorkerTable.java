package io.genapi.benchmarks.worker;

import io.genapi.chaos.report.Table;
import java.util.List;
import java.util.Locale;

/** A run's figures, for people. */
final class WorkerTable {

    private static final double MEBIBYTE = 1 << 20;

    private WorkerTable() {}

    static String of(WorkerOptions options, WorkerFigures figures) {
        return new Table()
                .row("vendor's latency", List.of(options.latency().notation()))
                .row("calls that may be in flight", List.of(count(options.inFlight())))
                .row("most in flight, as the vendor saw", List.of(count(figures.mostInFlight())))
                .row(
                        "until each was used three times",
                        List.of(seconds(figures.warmUp().toMillis())))
                .row("counted for", List.of(seconds(figures.window().toMillis())))
                .row("ideal: permits by mean latency", List.of(perSecond(options.idealPerSecond())))
                .row("results in Kafka", List.of(perSecond(figures.perSecond())))
                .row("of the ideal", List.of(text("%.1f %%", 100 * figures.perSecond() / options.idealPerSecond())))
                .row("calls that failed", List.of(count(figures.failed())))
                .row("worker's CPU for 1,000 jobs", List.of(text("%.2f s", figures.cpuSecondsPerThousand())))
                .row(
                        "worker's heap in use, after GC",
                        List.of(text("%.0f MiB", figures.footprint().heapBytes() / MEBIBYTE)))
                .row(
                        "worker's resident memory",
                        List.of(text("%.0f MiB", figures.footprint().residentBytes() / MEBIBYTE)))
                .row(
                        "worker's platform threads, peak",
                        List.of(count(figures.footprint().platformThreads())))
                .toString();
    }

    private static String count(long number) {
        return text("%,d", number);
    }

    private static String perSecond(double rate) {
        return text("%,.1f/s", rate);
    }

    private static String seconds(long millis) {
        return text("%.1f s", millis / 1e3);
    }

    private static String text(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
