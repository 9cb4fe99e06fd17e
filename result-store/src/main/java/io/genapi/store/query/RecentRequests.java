package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Likeness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which jobs were submitted lately by which request, as far as this process took their requests in. Kept in memory alone:
 * it answers clients that lost the answer to a first try and send the same once more. Thread-safe.
 */
public final class RecentRequests {
    /** Jobs told of one body; more than one client that repeats itself is not to be told apart. */
    private static final int MOST_TOLD = 5;

    private final Duration memory;
    private final int capacity;
    /** Those that are told, of each kind of request the latest first. */
    private final Map<Likeness, Deque<JobId>> told = new HashMap<>();

    /** All that are remembered, in the order in which they came. */
    private final LinkedHashMap<JobId, Seen> seen = new LinkedHashMap<>();

    private record Seen(Likeness likeness, Instant at) {}

    /**
     * @param memory how long a request is remembered after it was written
     * @param capacity requests that are remembered at most
     */
    public RecentRequests(Duration memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
    }

    /** @param at when the request was written; by a clock that is ahead of this one, now */
    public synchronized void saw(Likeness likeness, JobId id, Instant at, Instant now) {
        forget(now);
        if (at.plus(memory).isBefore(now)) {
            return;
        }
        if (seen.putIfAbsent(id, new Seen(likeness, at.isAfter(now) ? now : at)) == null) {
            Deque<JobId> same = told.computeIfAbsent(likeness, _ -> new ArrayDeque<>(1));
            same.addFirst(id);
            if (same.size() > MOST_TOLD) {
                same.removeLast();
            }
            if (seen.size() > capacity) {
                forgetOldest();
            }
        }
    }

    /** The latest first. */
    public synchronized List<JobId> find(Likeness likeness, Instant now) {
        forget(now);
        return List.copyOf(told.getOrDefault(likeness, new ArrayDeque<>(0)));
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(memory);
        while (!seen.isEmpty() && seen.firstEntry().getValue().at().isBefore(oldest)) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Map.Entry<JobId, Seen> oldest = seen.pollFirstEntry();
        told.computeIfPresent(oldest.getValue().likeness(), (_, same) -> {
            // Not there if too many have come since.
            same.remove(oldest.getKey());
            return same.isEmpty() ? null : same;
        });
    }
}
