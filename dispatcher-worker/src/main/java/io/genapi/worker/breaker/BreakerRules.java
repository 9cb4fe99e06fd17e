package io.genapi.worker.breaker;

import java.time.Duration;

/**
 * When a breaker opens and how it closes again.
 *
 * @param failureRate percent of the latest calls from which it opens, 1 to 100
 * @param window how many calls count as the latest
 * @param minimumCalls before it opens, of a window
 * @param slowCall the time from which a call is slow, in both senses
 * @param slowCallRate percent of the latest calls from which it opens, 1 to 100
 * @param probes calls let through when it tries
 * @param firstWait until it tries; doubles with each try in vain
 * @param longestWait where the doubling ends
 * @param probeWait how long probes may be silent before others are let through
 */
public record BreakerRules(
        float failureRate,
        int window,
        int minimumCalls,
        Duration slowCall,
        float slowCallRate,
        int probes,
        Duration firstWait,
        Duration longestWait,
        Duration probeWait) {

    private static final int MOST_DOUBLINGS = 16;

    /** @param opened how often it has opened since it was closed, from 1 */
    Duration wait(int opened) {
        Duration doubled = firstWait.multipliedBy(1L << Math.min(opened - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
    }
}
