package io.genapi.benchmarks.batch;

import io.genapi.chaos.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A run's figures, for people. */
final class BatchTable {

    private static final double MEBIBYTE = 1 << 20;

    private BatchTable() {}

    static String of(BatchOptions options, BatchFigures figures) {
        return new Table()
                .row("requests", List.of(count(options.lines())))
                .row("file", List.of(mebibytes(options.fileBytes())))
                .row("vendor's latency", List.of(options.latency().notation()))
                .row("upload", List.of(seconds(figures.upload())))
                .row("until the file was looked at", List.of(seconds(figures.check())))
                .row("until the batch had ended", List.of(seconds(figures.run())))
                .row("requests a second", List.of(rate(options.lines(), figures.run())))
                .row("download of the answers", List.of(seconds(figures.download())))
                .row("the batch's status", List.of(figures.status()))
                .row("requests that were answered", List.of(count(figures.answers())))
                .row("calls at the vendor", List.of(count(figures.calls())))
                .row("times that its counts moved", List.of(count(figures.looks())))
                .row(
                        "gateway's heap in use before, after GC",
                        List.of(mebibytes(figures.before().heapBytes())))
                .row("gateway's heap in use, after GC, most", List.of(mebibytes(figures.heapBytes())))
                .row("gateway's resident memory, most", List.of(mebibytes(figures.residentBytes())))
                .toString();
    }

    private static String rate(int requests, Duration time) {
        return String.format(Locale.ROOT, "%,.0f", requests * 1e9 / Math.max(1, time.toNanos()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", bytes / MEBIBYTE);
    }
}
