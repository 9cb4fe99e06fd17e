package io.genapi.benchmarks.waiting;

import io.genapi.benchmarks.probe.Footprint;
import io.genapi.chaos.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A run's figures, for people. */
final class WaitingTable {

    private static final double KIBIBYTE = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;

    private WaitingTable() {}

    static String of(WaitingOptions options, List<WaitingFigures> figures) {
        return new Table()
                .row("how they wait", row(figures, each -> each.kind().title()))
                .row("asked", row(figures, _ -> count(options.calls())))
                .row("held by the gateway", row(figures, each -> count(each.waiting())))
                .row("heap in use without, after GC", mebibytes(figures, WaitingFigures::before, Footprint::heapBytes))
                .row(
                        "heap in use with them, after GC",
                        mebibytes(figures, WaitingFigures::during, Footprint::heapBytes))
                .row("heap for each", kibibytes(figures, WaitingFigures::heapBytesPerCall))
                .row("resident memory with them", mebibytes(figures, WaitingFigures::during, Footprint::residentBytes))
                .row("more resident memory for each", kibibytes(figures, WaitingFigures::residentBytesPerCall))
                .row(
                        "platform threads, peak",
                        row(figures, each -> count(each.during().platformThreads())))
                .toString();
    }

    private static List<String> mebibytes(
            List<WaitingFigures> figures, Function<WaitingFigures, Footprint> when, ToDoubleFunction<Footprint> what) {
        return row(figures, each -> text("%.0f MiB", what.applyAsDouble(when.apply(each)) / MEBIBYTE));
    }

    private static List<String> kibibytes(List<WaitingFigures> figures, ToDoubleFunction<WaitingFigures> what) {
        return row(figures, each -> text("%.1f KiB", what.applyAsDouble(each) / KIBIBYTE));
    }

    private static List<String> row(List<WaitingFigures> figures, Function<WaitingFigures, String> cell) {
        return figures.stream().map(cell).toList();
    }

    private static String count(long number) {
        return text("%,d", number);
    }

    private static String text(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
