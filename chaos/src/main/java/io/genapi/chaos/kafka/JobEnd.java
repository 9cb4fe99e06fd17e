package io.genapi.chaos.kafka;

import java.time.Instant;

/**
 * A result on Kafka.
 *
 * @param status the terminal state that it states
 * @param at when the worker wrote it
 */
public record JobEnd(String job, String status, Instant at) {}
