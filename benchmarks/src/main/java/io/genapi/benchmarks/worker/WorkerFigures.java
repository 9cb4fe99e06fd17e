package io.genapi.benchmarks.worker;

import io.genapi.benchmarks.probe.Footprint;
import java.time.Duration;

/**
 * What one run found.
 *
 * @param warmUp from the worker's being ready until the counting
 * @param window how long results were counted
 * @param results that Kafka had in that time
 * @param mostInFlight calls at once, as the vendor saw them
 * @param failed calls that got no answer, or not the one for success, in the whole run
 * @param cpu of the worker in that time
 * @param footprint of the worker at the end
 */
record WorkerFigures(
        Duration warmUp,
        Duration window,
        long results,
        int mostInFlight,
        long failed,
        Duration cpu,
        Footprint footprint) {

    double perSecond() {
        return results / (window.toNanos() / 1e9);
    }

    double cpuSecondsPerThousand() {
        return results == 0 ? Double.NaN : cpu.toNanos() / 1e9 / results * 1_000;
    }
}
