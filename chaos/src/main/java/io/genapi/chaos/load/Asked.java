package io.genapi.chaos.load;

import java.time.Duration;
import java.time.Instant;

/**
 * What one caller saw who waited for its answer.
 *
 * @param name its question and its correlation id, which no other caller has
 * @param at when it asked
 * @param took until it had its answer
 * @param status of the answer; 0 if there was none
 */
public record Asked(String name, Instant at, Duration took, int status) {}
