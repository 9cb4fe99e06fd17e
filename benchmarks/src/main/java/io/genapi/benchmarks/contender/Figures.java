package io.genapi.benchmarks.contender;

import java.time.Duration;

/**
 * What one contender did.
 *
 * @param whole from the start of the first job to the end of the last
 * @param mostInFlight jobs that ran at once
 */
public record Figures(Window window, Duration whole, int mostInFlight, Footprint footprint) {}
