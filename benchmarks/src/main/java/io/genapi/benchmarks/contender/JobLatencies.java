package io.genapi.benchmarks.contender;

import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long each job takes: drawn by where it stands, so that every contender meets the same. Thread-safe. */
public record JobLatencies(Latency latency, long seed) {

    /** Odd, so that no two places of a topic fall together. */
    private static final long PARTITION_STRIDE = 0x9E3779B97F4A7C15L;

    public Duration of(int partition, long offset) {
        return latency.sample(new SplittableRandom(seed + partition * PARTITION_STRIDE + offset));
    }
}
