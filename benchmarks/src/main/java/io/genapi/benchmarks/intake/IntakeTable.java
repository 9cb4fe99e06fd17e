package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Entry;
import io.genapi.benchmarks.contender.Figures;
import io.genapi.benchmarks.contender.Kind;
import io.genapi.simulator.latency.DurationNotation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the figures look like. */
final class IntakeTable {

    private static final double MEBIBYTE = 1 << 20;

    private final PrintWriter out;
    private final IntakeOptions options;
    private final Ideal ideal;

    IntakeTable(PrintWriter out, IntakeOptions options, Ideal ideal) {
        this.out = out;
        this.options = options;
        this.ideal = ideal;
    }

    void header() {
        out.printf(
                Locale.ROOT,
                "%,d jobs of %s (mean %s, longest %s), %,d may be in flight, %d partitions, one broker, one run.%n",
                options.jobs(),
                options.latency().notation(),
                seconds(ideal.mean()),
                seconds(ideal.longest()),
                options.inFlight(),
                options.partitions());
        out.printf(
                Locale.ROOT,
                "Jobs/s and CPU are those between 10 %% and 90 %% of a contender's jobs: without ramp-up, warm-up, tail.%n");
        out.printf(
                Locale.ROOT,
                "Each contender is a JVM of its own with a heap of 1 GiB; the broker is another one, and not counted.%n%n");
        out.printf(
                Locale.ROOT,
                "%-24s | %9s | %8s | %12s | %8s | %8s | %7s | %9s | %9s%n",
                "contender",
                "jobs/s",
                "of ideal",
                "CPU s/1,000",
                "heap MiB",
                "RSS MiB",
                "threads",
                "in flight",
                "whole run");
        out.printf(
                Locale.ROOT,
                "%-24s | %,9.1f | %8s | %12s | %8s | %8s | %7s | %,9d | %7.1f s%n",
                "ideal: permits ÷ mean",
                ideal.perSecond(),
                "100.0 %",
                "",
                "",
                "",
                "",
                options.inFlight(),
                ideal.atLeast().toNanos() / 1e9);
        out.flush();
    }

    void row(Entry entry, Figures figures) {
        boolean slice = entry.jobs() < options.jobs();
        double perSecond = figures.window().perSecond();
        double whole = slice ? options.jobs() / perSecond : figures.whole().toNanos() / 1e9;
        out.printf(
                Locale.ROOT,
                "%-24s | %,9.1f | %6.1f %% | %12.3f | %8.0f | %8s | %7d | %,9d | %s%7.1f s%n",
                entry.title(),
                perSecond,
                100 * perSecond / ideal.perSecond(),
                figures.window().cpuSecondsPerThousand(),
                figures.footprint().heapBytes() / MEBIBYTE,
                figures.footprint().residentBytes() == 0
                        ? "?"
                        : String.format(Locale.ROOT, "%.0f", figures.footprint().residentBytes() / MEBIBYTE),
                figures.footprint().platformThreads(),
                figures.mostInFlight(),
                slice ? "≈" : "",
                whole);
        out.flush();
    }

    void footer() {
        out.printf(
                Locale.ROOT,
                "%nheap: most in use after a garbage collection; threads: most platform threads of Java's at once.%n");
        out.printf(
                Locale.ROOT,
                "whole run: from the first job's start to the last one's end; of the ideal, the least that any schedule takes.%n");
        if (options.contenders().contains(Kind.SHARE)) {
            out.printf(
                    Locale.ROOT,
                    "A share consumer gets its next batch when all of the last is done, so the slowest job of each holds it up.%n");
        }
        if (options.contenders().contains(Kind.CLASSIC)) {
            out.printf(
                    Locale.ROOT,
                    "≈: plain consumers did only the first few of the jobs; their whole run is projected from their rate.%n");
        }
        out.flush();
    }

    private static String seconds(Duration duration) {
        return DurationNotation.print(duration.truncatedTo(ChronoUnit.MILLIS));
    }
}
