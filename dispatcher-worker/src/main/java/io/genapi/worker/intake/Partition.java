package io.genapi.worker.intake;

/** A partition of a topic with jobs. */
public record Partition(String topic, int number) {}
