package io.genapi.simulator.journal;

import java.util.Map;

/**
 * Counts since the start or the last clearing; unlike the journal's entries they are never dropped.
 *
 * @param total calls that arrived, and calls that were in flight at the last clearing
 * @param maxInFlight the most that were in flight at once
 * @param byStatus ended calls by the status they were answered with
 * @param unanswered ended calls that got no status: the client left first, or a fault closed the connection
 * @param abortedByClient calls whose client left before the whole answer was sent
 * @param connections that clients made, and those that were open at the last clearing
 */
public record CallStatistics(
        long total,
        int inFlight,
        int maxInFlight,
        Map<Integer, Long> byStatus,
        long unanswered,
        long abortedByClient,
        long connections,
        int openConnections) {

    public CallStatistics {
        byStatus = Map.copyOf(byStatus);
    }

    /** How many calls ended with this status. */
    public long withStatus(int status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
