package io.genapi.benchmarks.offsets;

import io.genapi.inflight.offset.OffsetMapCodec;
import java.io.PrintWriter;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The tracker and the codec of finished offsets, each measurement (JMH) beside a baseline in the same run. */
public final class OffsetsBenchmark {

    private final int seconds;
    private final PrintWriter out;
    private final PrintWriter progress;

    /**
     * @param seconds that each of the 20 measurements takes after its warm-up, which takes a third as long; at least 1
     * @param out for the table
     * @param progress for lines that tell how far it is
     */
    public OffsetsBenchmark(int seconds, PrintWriter out, PrintWriter progress) {
        this.seconds = seconds;
        this.out = out;
        this.progress = progress;
    }

    /** Runs all, each in a JVM of its own that ends with it. */
    public void run() throws RunnerException {
        // Its lock file would stay behind.
        System.setProperty("jmh.ignoreLock", "true");
        out.printf(
                Locale.ROOT,
                "Average time by JMH, one fork, %d s each; baselines: a TreeSet of offsets, and JSON.%n%n",
                seconds);
        out.printf(
                Locale.ROOT,
                "%-34s | %12s | %12s | %8s | %22s%n",
                "operation",
                "ns",
                "baseline ns",
                "ratio",
                "characters (baseline)");
        for (String inFlight : new String[] {"1000", "20000"}) {
            row("turn, " + inFlight + " in flight", TrackerBenchmark.class, "turn", "inFlight", inFlight, "");
            row("progress, " + inFlight + " in flight", TrackerBenchmark.class, "progress", "inFlight", inFlight, "");
        }
        for (OffsetMap map : OffsetMap.values()) {
            String name = map.name().toLowerCase(Locale.ROOT);
            String characters = String.format(
                    Locale.ROOT,
                    "%,d (%,d)",
                    OffsetMapCodec.encode(map.progress()).length(),
                    JsonOffsets.encode(map.progress()).length());
            row("encode, " + name, CodecBenchmark.class, "encode", "map", map.name(), characters);
            row("decode, " + name, CodecBenchmark.class, "decode", "map", map.name(), characters);
        }
        out.printf(
                Locale.ROOT,
                "%nturn: a record finishes, another one arrives and starts; progress: what a commit is made of.%n"
                        + "ratio: ours ÷ baseline, so less is better. The budget of a commit is 4,096 characters.%n");
        out.flush();
    }

    private void row(String title, Class<?> benchmark, String method, String parameter, String value, String characters)
            throws RunnerException {
        double ours = measure(benchmark, method, parameter, value);
        double baseline = measure(benchmark, method + "Baseline", parameter, value);
        out.printf(
                Locale.ROOT,
                "%-34s | %,12.0f | %,12.0f | %7.3fx | %22s%n",
                title,
                ours,
                baseline,
                ours / baseline,
                characters);
        out.flush();
    }

    private double measure(Class<?> benchmark, String method, String parameter, String value) throws RunnerException {
        progress.printf(Locale.ROOT, "%s.%s, %s %s%n", benchmark.getSimpleName(), method, parameter, value);
        progress.flush();
        return new Runner(new OptionsBuilder()
                        .include(java.util.regex.Pattern.quote(benchmark.getName() + "." + method) + "$")
                        .param(parameter, value)
                        .forks(1)
                        .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(seconds * 1_000L / 3))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(seconds * 1_000L / 3))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
    }
}
