package io.genapi.chaos.workers;

import io.genapi.chaos.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The episodes beside each other, for people. */
public final class WorkersTable {

    private WorkersTable() {}

    /** The figures, and under them every promise that was broken. */
    public static String of(List<EpisodeReport> reports) {
        Table table = new Table();
        add(table, reports, "", EpisodeReport::episode);
        add(table, reports, "what happens to", EpisodeReport::what);
        add(table, reports, "jobs", report -> count(report.jobs()));
        add(table, reports, "vendor calls", report -> count(report.calls()));
        add(table, reports, "repeated vendor calls", report -> count(report.repeated()));
        add(table, reports, "  at most: jobs in the dead process's hands", report -> count(report.inHand()));
        add(table, reports, "  of them beyond those jobs", report -> count(report.needless()));
        add(table, reports, "jobs without an end", report -> count(report.withoutEnd()));
        add(table, reports, "jobs that failed", report -> count(report.failed()));
        add(table, reports, "second results (the first one counts)", report -> count(report.moreResults()));
        add(table, reports, "longest gap between vendor calls", report -> seconds(report.longestGap()));
        add(table, reports, "submission to vendor call, p99", report -> seconds(report.waitP99()));
        add(table, reports, "submission to vendor call, longest", report -> seconds(report.waitMax()));
        add(table, reports, "kill to Kafka's noticing", report -> seconds(report.noticed()));
        add(table, reports, "noticing to last partition's next call", report -> seconds(report.resumed()));
        add(
                table,
                reports,
                "exit codes of stopped workers",
                report -> report.exitCodes().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        add(table, reports, "promises", report -> report.broken().isEmpty() ? "kept" : "BROKEN");
        StringBuilder text = new StringBuilder(table.toString());
        reports.forEach(report -> report.broken()
                .forEach(broken -> text.append("BROKEN in ")
                        .append(report.episode())
                        .append(": ")
                        .append(broken)
                        .append(System.lineSeparator())));
        return text.toString();
    }

    private static void add(
            Table table, List<EpisodeReport> reports, String title, Function<EpisodeReport, String> cell) {
        table.row(title, reports.stream().map(cell).toList());
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(WorkersTable::seconds).orElse("");
    }
}
