package io.genapi.worker.admission;

import java.time.Instant;

/**
 * How a destination stands at one moment.
 *
 * @param breaker whether it works, as far as is known
 * @param room calls that may start now
 * @param limit calls that may be in flight
 * @param running calls in flight that count towards the limit
 * @param restsUntil the time that its account named; in the past if that does not rest
 * @param nextCall when a call may start as far as is known: never before that
 */
public record Standing(Breaker.State breaker, int room, int limit, int running, Instant restsUntil, Instant nextCall) {}
