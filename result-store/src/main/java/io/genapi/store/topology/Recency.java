package io.genapi.store.topology;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Until when all that was written to a partition is in the table, by this process' own clock. What is behind, after a
 * start or under load, must not take a job for open whose end is among what it has not read. Used by one thread.
 */
final class Recency {
    private final ConsumptionProgress progress;
    private final TopicPartition partition;
    private @Nullable Goal goal;
    private Instant until = Instant.EPOCH;

    /** Where the partition ended at some time. */
    private record Goal(Instant at, long end) {}

    Recency(ConsumptionProgress progress, TopicPartition partition) {
        this.progress = progress;
        this.partition = partition;
    }

    /** Never later than now; the beginning of time where nothing is known yet. */
    Instant until(Instant now) {
        reach();
        if (goal == null) {
            Optional<Long> end = progress.endOf(partition);
            goal = end.map(known -> new Goal(now, known)).orElse(null);
            reach();
        }
        return until;
    }

    private void reach() {
        Goal next = goal;
        if (next != null && progress.hasProcessed(partition, next.end())) {
            until = next.at();
            goal = null;
        }
    }
}
