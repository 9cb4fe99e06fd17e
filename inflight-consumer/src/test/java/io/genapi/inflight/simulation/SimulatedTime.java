package io.genapi.inflight.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock and the ticker of every process; moves only when the schedule says so. */
final class SimulatedTime implements InstantSource {

    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
        return now;
    }

    long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
