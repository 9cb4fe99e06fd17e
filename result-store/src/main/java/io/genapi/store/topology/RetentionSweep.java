package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobState;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Forgets jobs whose records are older than the retention; one that is to get its end from the store gets that first.
 * Takes no records; a clock drives it.
 */
final class RetentionSweep implements Processor<byte[], byte[], Void, Void> {
    /** Jobs looked at in one go, so that a sweep never holds up the records for long. */
    private static final int MOST_AT_ONCE = 10_000;

    /** Ids further ahead than this are not of our making, and the clock would not reach them soon. */
    private static final Duration LARGEST_CLOCK_SKEW = Duration.ofHours(1);

    private final Duration retention;
    private final DueTimes times;
    private final StoreMetrics metrics;
    private final KeyValueStore<JobId, JobState> jobs;
    /** Where the next sweep goes on: ids of idempotency keys, which tell no time, all lie before the others. */
    private @Nullable JobId next;

    RetentionSweep(
            Duration retention,
            Duration interval,
            DueTimes times,
            StoreMetrics metrics,
            ProcessorContext<Void, Void> context) {
        this.retention = retention;
        this.times = times;
        this.metrics = metrics;
        this.jobs = context.getStateStore(StoreTopology.JOBS);
        var _ = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> sweep(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {}

    private void sweep(Instant now) {
        Instant cutoff = now.minus(retention);
        JobId end = JobId.firstOf(cutoff);
        Swept old = sweep(next != null && next.compareTo(end) < 0 ? next : null, end, cutoff);
        next = old.next();
        Swept future = sweep(JobId.firstOf(now.plus(LARGEST_CLOCK_SKEW)), null, cutoff);
        metrics.swept(old.count() + future.count());
    }

    /** @param next the first job that was not looked at; null if all were */
    private record Swept(int count, @Nullable JobId next) {}

    private Swept sweep(@Nullable JobId from, @Nullable JobId to, Instant cutoff) {
        int swept = 0;
        try (KeyValueIterator<JobId, JobState> range = jobs.range(from, to)) {
            for (int seen = 0; range.hasNext(); seen++) {
                if (seen == MOST_AT_ONCE) {
                    return new Swept(swept, range.peekNextKey());
                }
                KeyValue<JobId, JobState> job = range.next();
                // An old id may have come in late, and a job may have ended long after it was submitted.
                if (job.value.recordedAt().isBefore(cutoff)
                        && times.of(job.value).isEmpty()) {
                    var _ = jobs.delete(job.key);
                    swept++;
                }
            }
        }
        return new Swept(swept, null);
    }
}
