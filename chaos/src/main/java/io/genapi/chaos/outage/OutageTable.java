package io.genapi.chaos.outage;

import io.genapi.chaos.report.Table;
import java.util.List;
import java.util.Locale;

/** An outage's figures, for people. */
public final class OutageTable {

    private OutageTable() {}

    /** The figures, and under them every promise that was broken. */
    public static String of(OutageReport report) {
        StringBuilder text = new StringBuilder(new Table()
                .row("jobs, half for each vendor", List.of(count(report.jobs())))
                .row("the other vendor's jobs, both there", List.of(perSecond(report.thereQuietPerSecond())))
                .row("the other vendor's jobs, during the outage", List.of(perSecond(report.therePerSecond())))
                .row("times that a job was parked", List.of(count(report.parked())))
                .row("jobs that ended while their vendor was away", List.of(count(report.failedBeforeRecovery())))
                .row("jobs without success", List.of(count(report.notSucceeded())))
                .row(
                        "time to drain after the return",
                        List.of(String.format(
                                Locale.ROOT, "%.1f s", report.drain().toMillis() / 1000.0)))
                .row("most calls in flight then", List.of(count(report.mostInFlight())))
                .row("calls that it refused then", List.of(count(report.refusedDuringDrain())))
                .row("duplicates", List.of(count(report.duplicates())))
                .row("jobs out of the order of their key", List.of(count(report.outOfOrder())))
                .row("promises", List.of(report.broken().isEmpty() ? "kept" : "BROKEN"))
                .toString());
        report.broken().forEach(broken -> text.append("BROKEN: ").append(broken).append(System.lineSeparator()));
        return text.toString();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%.1f/s", rate);
    }
}
