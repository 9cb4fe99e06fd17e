package io.genapi.benchmarks.contender;

import java.time.Duration;

/**
 * What lies between the end of the first tenth of a contender's jobs and the end of nine tenths of them: without the
 * ramp-up, the warm-up of the JVM and the tail, in which a short run spends much of its time.
 *
 * @param jobs that ended in it
 * @param cpu of the process, user and system
 */
public record Window(long jobs, Duration elapsed, Duration cpu) {

    public double perSecond() {
        return jobs * 1e9 / elapsed.toNanos();
    }

    public double cpuSecondsPerThousand() {
        return cpu.toNanos() / 1e9 * 1_000 / jobs;
    }
}
