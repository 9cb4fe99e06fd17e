package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.JobLatencies;
import java.time.Duration;

/**
 * What no scheduler can beat: every permit is used all the time, and nothing but the jobs' own latencies takes time.
 *
 * @param permits jobs that may run at once
 * @param sum of the latencies of all jobs, the very ones that the contenders meet
 * @param longest of them
 */
record Ideal(long jobs, int permits, Duration sum, Duration longest) {

    static Ideal of(int permits, int partitions, long jobs, JobLatencies latencies) {
        long sum = 0;
        long longest = 0;
        for (long job = 0; job < jobs; job++) {
            long nanos =
                    latencies.of((int) (job % partitions), job / partitions).toNanos();
            sum = Math.addExact(sum, nanos);
            longest = Math.max(longest, nanos);
        }
        return new Ideal(jobs, permits, Duration.ofNanos(sum), Duration.ofNanos(longest));
    }

    Duration mean() {
        return sum.dividedBy(jobs);
    }

    /** Permits by mean latency; infinite where jobs take no time. */
    double perSecond() {
        return permits * (double) jobs / (sum.toNanos() / 1e9);
    }

    /** No schedule ends before: the lower bound of list scheduling. */
    Duration atLeast() {
        Duration shared = sum.dividedBy(permits);
        return shared.compareTo(longest) > 0 ? shared : longest;
    }
}
