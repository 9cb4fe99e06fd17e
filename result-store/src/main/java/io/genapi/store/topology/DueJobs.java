package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobState;
import io.genapi.store.job.StoreEnds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the ends of the jobs that nobody else has ended in time. Each comes back as a result like any other, and only
 * that ends the job: what a worker wrote before counts. Takes no records; a clock drives it.
 */
final class DueJobs implements Processor<byte[], byte[], byte[], byte[]> {
    static final Duration TICK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(DueJobs.class);
    /** Ends written in one go, so that they never hold up the records for long. */
    private static final int MOST_AT_ONCE = 2_000;
    /** An end that did not come back within this is written again. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TopicNames names;
    private final String source;
    private final DueTimes times;
    private final StoreMetrics metrics;
    private final Recency recency;
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<JobId, JobState> jobs;
    private final DueIndex index;
    private final Map<JobId, Instant> written = new HashMap<>();
    /** No entry lies before this. */
    private Instant floor = Instant.EPOCH;

    /**
     * @param source this process, as CloudEvents' {@code source}
     * @param recency of the results: a job that was due later than that may have its end already
     */
    DueJobs(
            TopicNames names,
            String source,
            DueTimes times,
            StoreMetrics metrics,
            Recency recency,
            ProcessorContext<byte[], byte[]> context) {
        this.names = names;
        this.source = source;
        this.times = times;
        this.metrics = metrics;
        this.recency = recency;
        this.context = context;
        this.jobs = context.getStateStore(StoreTopology.JOBS);
        this.index = new DueIndex(context.getStateStore(StoreTopology.DUE), times);
        var _ = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> look(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {}

    private void look(Instant now) {
        Instant until = recency.until(now);
        if (until.isBefore(floor)) {
            // The clock was put back: what is due may have been entered before the floor since.
            floor = Instant.EPOCH;
        }
        written.values().removeIf(at -> at.plus(PATIENCE).isBefore(now));
        List<Due> due = index.between(floor, until, MOST_AT_ONCE);
        Optional<Due> open = Optional.empty();
        for (Due each : due) {
            if (!settle(each, now) && open.isEmpty()) {
                open = Optional.of(each);
            }
        }
        Instant seen = due.size() < MOST_AT_ONCE ? until : due.getLast().at();
        floor = open.map(Due::at).orElse(seen);
    }

    /** Whether an entry is done with; if not, its job's end is on its way. */
    private boolean settle(Due due, Instant now) {
        JobState job = jobs.get(due.id());
        if (job == null || job.ending().isPresent()) {
            index.remove(due);
            return true;
        }
        Optional<JobStatus> end = times.endOf(job, now);
        if (end.isEmpty()) {
            Optional<Due> right = index.restore(job, now);
            if (!right.equals(Optional.of(due))) {
                index.remove(due);
            }
            return false;
        }
        if (!written.containsKey(due.id())) {
            write(end.get() == JobStatus.CANCELLED ? StoreEnds.cancelled(job, now) : StoreEnds.expired(job, now), now);
        }
        return false;
    }

    private void write(JobResult end, Instant now) {
        written.put(end.id(), now);
        metrics.endedHere(end.status());
        LOG.atInfo()
                .addKeyValue("job_id", end.id())
                .addKeyValue("status", end.status().wireName())
                .log("No worker has ended a job in time; the store does");
        ProducerRecord<byte[], byte[]> record = ResultRecords.write(end, names.results(), source);
        context.forward(new Record<>(record.key(), record.value(), now.toEpochMilli(), record.headers()));
    }
}
