package io.genapi.worker;

import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.stream.JobStreams;
import io.genapi.worker.vendor.VendorClient;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Attempts in tests of jobs that ask for no stream. */
public final class AttemptRunners {

    private AttemptRunners() {}

    public static AttemptRunner whole(
            VendorClient vendors, InstantSource clock, LongSupplier nanos, RandomGenerator random) {
        return new AttemptRunner(
                vendors,
                (_, _) -> {
                    throw new AssertionError("nobody asks for a stream here");
                },
                new JobStreams(
                        _ -> {
                            throw new AssertionError("nobody asks for a stream here");
                        },
                        clock,
                        random),
                clock,
                nanos,
                random);
    }
}
