package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Kind;
import io.genapi.simulator.latency.Latency;
import java.util.Locale;
import java.util.Set;

/**
 * What is compared.
 *
 * @param jobs at least ten for each one in flight
 * @param inFlight how many jobs a contender may run at once
 * @param latency how long a job takes before it has its result to write
 * @param partitions of the topic that holds the jobs
 */
public record IntakeOptions(long jobs, int inFlight, Latency latency, int partitions, Set<Kind> contenders) {

    /** Fewer, and ramp-up and tail would be most of the run. */
    public static final int JOBS_PER_PERMIT = 10;

    private static final int MOST_JOBS = 10_000_000;
    private static final int MOST_IN_FLIGHT = 100_000;
    private static final int MOST_PARTITIONS = 200;

    public IntakeOptions {
        contenders = Set.copyOf(contenders);
        requireWithin("--in-flight", inFlight, 1, MOST_IN_FLIGHT);
        requireWithin("--partitions", partitions, 1, MOST_PARTITIONS);
        requireWithin("--jobs", jobs, (long) inFlight * JOBS_PER_PERMIT, MOST_JOBS);
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException("--contenders names none; give engine, share, classic or several");
        }
    }

    private static void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            String why = option.equals("--jobs")
                    ? " (%d jobs for each one in flight, since ramp-up and tail are not measured)"
                            .formatted(JOBS_PER_PERMIT)
                    : "";
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s is %,d; give at least %,d%s and at most %,d", option, value, least, why, most));
        }
    }
}
