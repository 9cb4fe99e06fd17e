package io.genapi.simulator.serving;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The two clocks of the simulator: one to tell the time, one to measure it. */
public record Clock(InstantSource instants, LongSupplier nanoTicker) {}
