package io.genapi.chaos.load;

import java.time.Instant;

/**
 * A job that Kafka took.
 *
 * @param name its question and its correlation id, which no other job has
 * @param at when it was handed to Kafka
 */
public record Submission(String name, int partition, Instant at) {}
