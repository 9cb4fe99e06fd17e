package io.genapi.benchmarks.lanes;

import io.genapi.chaos.report.Quantiles;
import io.genapi.chaos.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A run's figures, for people. */
final class LanesTable {

    private LanesTable() {}

    /** @param figures the first without a flood, which the others are held to */
    static String of(LanesOptions options, List<LanesFigures> figures) {
        LanesFigures alone = figures.getFirst();
        return "Priority's callers: %d a second; vendor: %s; permits: %d, of which %d are priority's own%n"
                        .formatted(
                                options.callersPerSecond(),
                                options.latency().notation(),
                                options.inFlight(),
                                options.priorityPermits())
                + new Table()
                        .row("", row(figures, each -> each.kind().title()))
                        .row("callers counted", row(figures, each -> count(each.callers())))
                        .row("of them without an answer", row(figures, each -> count(each.unanswered())))
                        .row("asked until called, p50", times(figures, LanesFigures::untilCalled, Quantiles::median))
                        .row("asked until called, p99", times(figures, LanesFigures::untilCalled, Quantiles::p99))
                        .row("  more than alone, p50", more(alone, figures, Quantiles::median))
                        .row("  more than alone, p99", more(alone, figures, Quantiles::p99))
                        .row("at the vendor, p50", times(figures, LanesFigures::atVendor, Quantiles::median))
                        .row("at the vendor, p99", times(figures, LanesFigures::atVendor, Quantiles::p99))
                        .row(
                                "asked until answered, p50",
                                times(figures, LanesFigures::untilAnswered, Quantiles::median))
                        .row("asked until answered, p99", times(figures, LanesFigures::untilAnswered, Quantiles::p99))
                        .row("  to alone, p50", ratios(alone, figures, Quantiles::median))
                        .row("  to alone, p99", ratios(alone, figures, Quantiles::p99))
                        .row("priority's calls in flight, mean", row(figures, each -> mean(each.urgent())))
                        .row("  most", row(figures, each -> count(each.urgent().most())))
                        .row("the flood's calls in flight, mean", row(figures, each -> mean(each.flooding())))
                        .row(
                                "  most",
                                row(figures, each -> count(each.flooding().most())))
                        .row(
                                "the flood's jobs that waited, fewest",
                                row(
                                        figures,
                                        each -> each.fewestWaiting().isPresent()
                                                ? count(each.fewestWaiting().getAsLong())
                                                : "-"))
                        .toString();
    }

    private static List<String> times(
            List<LanesFigures> figures, Function<LanesFigures, Quantiles> what, Function<Quantiles, Duration> which) {
        return row(figures, each -> millis(which.apply(what.apply(each))));
    }

    private static List<String> more(
            LanesFigures alone, List<LanesFigures> figures, Function<Quantiles, Duration> which) {
        return row(figures, each -> millis(which.apply(each.untilCalled()).minus(which.apply(alone.untilCalled()))));
    }

    private static List<String> ratios(
            LanesFigures alone, List<LanesFigures> figures, Function<Quantiles, Duration> which) {
        return row(
                figures,
                each -> text(
                        "%.2fx",
                        (double) which.apply(each.untilAnswered()).toNanos()
                                / which.apply(alone.untilAnswered()).toNanos()));
    }

    private static List<String> row(List<LanesFigures> figures, Function<LanesFigures, String> cell) {
        return figures.stream().map(cell).toList();
    }

    private static String mean(InFlight inFlight) {
        return text("%.1f", inFlight.mean());
    }

    private static String millis(Duration duration) {
        return text("%,d ms", duration.toMillis());
    }

    private static String count(long number) {
        return text("%,d", number);
    }

    private static String text(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
