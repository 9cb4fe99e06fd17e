package io.genapi.chaos.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the jobs in the queue.
 *
 * @param name its question and its correlation id, which no other job has
 * @param orderingKey jobs with the same one run one after the other, in the order in which they were handed in
 */
record QueuedJob(String name, String vendor, int partition, Optional<String> orderingKey) {

    private static final int EVERY = 5;
    private static final int KEYS = 20;

    /** Half for each vendor, by turns; every fifth has one of a few ordering keys. */
    static List<QueuedJob> queue(String prefix, int jobs, int partitions) {
        List<QueuedJob> queue = new ArrayList<>(jobs);
        for (int i = 0; i < jobs; i++) {
            String vendor = i % 2 == 0 ? OutageOptions.AWAY : OutageOptions.THERE;
            String name = prefix + i;
            int key = i / EVERY % KEYS;
            queue.add(
                    i % EVERY == 0
                            ? new QueuedJob(
                                    name, vendor, key % partitions, Optional.of(prefix + vendor + "-key-" + key))
                            : new QueuedJob(name, vendor, i % partitions, Optional.empty()));
        }
        return queue;
    }
}
