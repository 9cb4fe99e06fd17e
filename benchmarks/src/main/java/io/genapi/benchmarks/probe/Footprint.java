package io.genapi.benchmarks.probe;

/**
 * What a service takes at one moment.
 *
 * @param heapBytes in use after a full garbage collection
 * @param residentBytes of memory; 0 where the system does not say
 * @param platformThreads Java's, at the most so far
 */
public record Footprint(long heapBytes, long residentBytes, int platformThreads) {}
