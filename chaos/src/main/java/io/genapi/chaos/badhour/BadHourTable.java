package io.genapi.chaos.badhour;

import io.genapi.chaos.report.Quantiles;
import io.genapi.chaos.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** The bad hours beside each other, for people. */
public final class BadHourTable {

    private BadHourTable() {}

    /** The figures, and under them every promise that was broken. */
    public static String of(List<BadHourReport> reports) {
        Table table = new Table();
        add(table, reports, "", report -> report.fault().option());
        add(table, reports, "callers during the trouble and after it", report -> count(report.callers()));
        add(table, reports, "of them saw an error", report -> percent(report.errorRate()));
        add(table, reports, "  less than 1 %", verdict(report -> report.errorRate() < BadHourReport.MOST_ERRORS));
        add(
                table,
                reports,
                "recovery to normal traffic",
                report -> report.normalAfter().map(BadHourTable::seconds).orElse("never"));
        add(
                table,
                reports,
                "  within 5 s",
                verdict(report -> report.normalAfter()
                        .filter(time -> time.compareTo(BadHourReport.NORMAL_WITHIN) < 0)
                        .isPresent()));
        add(table, reports, "retries among the vendor calls", report -> percent(report.retryShare()));
        add(table, reports, "  at most 20 %", verdict(report -> report.retryShare() <= BadHourReport.MOST_RETRIES));
        add(
                table,
                reports,
                "the other vendor's calls before, median",
                report -> millis(report.wellBefore().median()));
        add(
                table,
                reports,
                "the other vendor's calls during, median",
                report -> millis(report.wellDuring().median()));
        add(
                table,
                reports,
                "the other vendor's calls before, p99",
                report -> millis(report.wellBefore().p99()));
        add(
                table,
                reports,
                "the other vendor's calls during, p99",
                report -> millis(report.wellDuring().p99()));
        add(table, reports, "  unharmed", verdict(BadHourTable::isUnharmed));
        add(table, reports, "callers waited before, median and p99", report -> both(report.callersBefore()));
        add(table, reports, "callers waited during, median and p99", report -> both(report.callersDuring()));
        add(table, reports, "calls to the vendor in trouble", report -> count(report.sickCallsDuring()));
        add(table, reports, "jobs without exactly one result", report -> count(report.withoutOneEnd()));
        StringBuilder text = new StringBuilder(table.toString());
        reports.forEach(report -> report.broken()
                .forEach(broken -> text.append("BROKEN in ")
                        .append(report.fault().option())
                        .append(": ")
                        .append(broken)
                        .append(System.lineSeparator())));
        return text.toString();
    }

    private static boolean isUnharmed(BadHourReport report) {
        return report.wellDuring().median().toNanos()
                <= BadHourReport.UNHARMED * report.wellBefore().median().toNanos();
    }

    private static void add(
            Table table, List<BadHourReport> reports, String title, Function<BadHourReport, String> cell) {
        table.row(title, reports.stream().map(cell).toList());
    }

    private static Function<BadHourReport, String> verdict(Predicate<BadHourReport> kept) {
        return report -> kept.test(report) ? "kept" : "BROKEN";
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%,d ms", duration.toMillis());
    }

    private static String both(Quantiles times) {
        return seconds(times.median()) + ", " + seconds(times.p99());
    }
}
