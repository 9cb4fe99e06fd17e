package io.genapi.store.query;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which jobs were submitted lately with which body, as far as this process took their requests in. Kept in memory alone:
 * it answers clients that lost the answer to a first try and send the same once more. Thread-safe.
 */
public final class RecentRequests {
    /** Jobs told of one body; more than one client that repeats itself is not to be told apart. */
    private static final int MOST_TOLD = 5;

    private final Duration memory;
    private final int capacity;
    private final Map<Question, Deque<JobId>> jobs = new HashMap<>();
    private final Deque<Seen> inOrder = new ArrayDeque<>();

    /** Whose job with which body. */
    public record Question(TenantId tenant, BodyDigest digest) {}

    private record Seen(Question question, Instant at) {}

    /**
     * @param memory how long a request is remembered after it was written
     * @param capacity requests that are remembered at most
     */
    public RecentRequests(Duration memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
    }

    /** @param at when the request was written */
    public synchronized void saw(Question question, JobId id, Instant at, Instant now) {
        forget(now);
        if (at.plus(memory).isBefore(now)) {
            return;
        }
        Deque<JobId> same = jobs.computeIfAbsent(question, _ -> new ArrayDeque<>(1));
        if (!same.contains(id)) {
            same.addFirst(id);
            inOrder.addLast(new Seen(question, at));
            if (inOrder.size() > capacity) {
                forgetOldest();
            }
        }
    }

    /** The latest first. */
    public synchronized List<JobId> find(Question question, Instant now) {
        forget(now);
        return jobs.getOrDefault(question, new ArrayDeque<>(0)).stream()
                .limit(MOST_TOLD)
                .toList();
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(memory);
        while (!inOrder.isEmpty() && inOrder.getFirst().at().isBefore(oldest)) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        jobs.computeIfPresent(inOrder.removeFirst().question(), (_, same) -> {
            same.removeLast();
            return same.isEmpty() ? null : same;
        });
    }
}
