package io.genapi.gateway.tenant;

import java.time.Duration;

/**
 * What is left of a limit.
 *
 * @param limit as the catalog has it
 * @param reset until all of it is there again, if none of it is used
 */
public record Allowance(long limit, long remaining, Duration reset) {}
