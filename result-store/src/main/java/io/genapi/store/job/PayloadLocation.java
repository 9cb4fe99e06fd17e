package io.genapi.store.job;

/** Where a result's record lies in the results topic: its payload is read from there and kept nowhere else. */
public record PayloadLocation(int partition, long offset) {}
