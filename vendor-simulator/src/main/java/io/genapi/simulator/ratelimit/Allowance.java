package io.genapi.simulator.ratelimit;

import java.time.Duration;

/**
 * What is left of a limit after one call asked.
 *
 * @param granted whether that call may go on
 * @param limit requests per minute
 * @param remaining requests that would be granted now
 * @param untilNext until a further request is granted; zero while some remain
 * @param untilFull until the whole limit is there again
 */
public record Allowance(boolean granted, int limit, int remaining, Duration untilNext, Duration untilFull) {}
