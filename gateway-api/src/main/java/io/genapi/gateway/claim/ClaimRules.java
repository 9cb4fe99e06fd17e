package io.genapi.gateway.claim;

import java.time.Duration;

/**
 * Which bodies are put away.
 *
 * @param threshold in bytes; larger ones are
 * @param patience with the place, for one of them, and as much again until it is its turn
 */
public record ClaimRules(long threshold, Duration patience) {}
