package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Entry;
import io.genapi.benchmarks.contender.Kind;
import io.genapi.benchmarks.contender.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which contenders take part, and how each of them splits what may be in flight. */
final class Entries {

    /** Share consumers by number: the smaller their batches, the less a slow job keeps back. */
    private static final List<Integer> SHARE_CONSUMERS = List.of(16, 64, 125);

    /** How long plain consumers run at least, and how many jobs each of them does at least and at most. */
    private static final Duration CLASSIC_RUN = Duration.ofSeconds(20);

    private static final int CLASSIC_LEAST = 5;
    private static final int CLASSIC_MOST = 200;

    private Entries() {}

    /** @param mean how long a job takes */
    static List<Entry> of(IntakeOptions options, Workload workload, Duration mean) {
        List<Entry> entries = new ArrayList<>();
        if (options.contenders().contains(Kind.ENGINE)) {
            entries.add(entry(Kind.ENGINE, 1, options.inFlight(), options.jobs(), workload));
        }
        if (options.contenders().contains(Kind.SHARE)) {
            shareConsumers(options.inFlight())
                    .forEach(consumers -> entries.add(
                            entry(Kind.SHARE, consumers, options.inFlight() / consumers, options.jobs(), workload)));
        }
        if (options.contenders().contains(Kind.CLASSIC)) {
            long slice = Math.min(options.jobs(), (long) options.partitions() * classicJobs(mean));
            entries.add(entry(Kind.CLASSIC, options.partitions(), 1, slice, workload));
        }
        return entries;
    }

    private static IntStream shareConsumers(int inFlight) {
        return SHARE_CONSUMERS.stream()
                .mapToInt(consumers -> Math.min(consumers, inFlight))
                .distinct();
    }

    private static long classicJobs(Duration mean) {
        return mean.isZero() ? CLASSIC_MOST : Math.clamp(CLASSIC_RUN.dividedBy(mean), CLASSIC_LEAST, CLASSIC_MOST);
    }

    private static Entry entry(Kind kind, int consumers, int inFlightEach, long jobs, Workload workload) {
        String group = "bench-%s-%d".formatted(kind.name().toLowerCase(java.util.Locale.ROOT), consumers);
        return new Entry(kind, consumers, inFlightEach, jobs, group, workload);
    }
}
