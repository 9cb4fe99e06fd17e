package io.genapi.benchmarks.contender;

/**
 * The most that a contender's process took.
 *
 * @param heapBytes in use after a garbage collection; at the end if there was none
 * @param residentBytes of memory; 0 where the system does not say
 * @param platformThreads Java's, the carriers of virtual threads among them
 */
public record Footprint(long heapBytes, long residentBytes, int platformThreads) {}
