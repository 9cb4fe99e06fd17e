package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobFact;
import io.genapi.store.job.JobState;
import io.genapi.store.job.JobTransition;
import io.genapi.store.job.TransitionDecision.Ignored;
import io.genapi.store.job.TransitionDecision.Reason;
import io.genapi.store.job.TransitionDecision.Updated;
import io.genapi.store.query.Waiters;
import io.genapi.store.tenant.TenantLedger;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the facts of one kind of topic into the store; sends those of other partitions on their way there. */
final class FactProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(FactProcessor.class);

    private final RecordReader reader;
    private final StoreMetrics metrics;
    private final ConsumptionProgress progress;
    private final Waiters waiters;
    private final TenantLedger ledger;
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<JobId, JobState> jobs;
    private final DueIndex dues;
    private final TenantAccounts accounts;
    private final Serializer<JobFact.Requested> summaries =
            JobSerdes.requested().serializer();

    FactProcessor(
            RecordReader reader,
            StoreMetrics metrics,
            ConsumptionProgress progress,
            Waiters waiters,
            TenantLedger ledger,
            DueTimes times,
            ProcessorContext<byte[], byte[]> context) {
        this.reader = reader;
        this.metrics = metrics;
        this.progress = progress;
        this.waiters = waiters;
        this.ledger = ledger;
        this.context = context;
        this.jobs = context.getStateStore(StoreTopology.JOBS);
        KeyValueStore<Due, byte[]> entries = context.getStateStore(StoreTopology.DUE);
        this.dues = new DueIndex(entries, times);
        this.accounts = new TenantAccounts(
                ledger,
                context.taskId().partition(),
                times,
                jobs,
                entries,
                context.getStateStore(StoreTopology.TOKENS));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a topic has a place there"));
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        switch (read(record, now)) {
            case RecordReading.Fact(JobFact fact) -> take(fact, record.value(), now);
            case RecordReading.Foreign(JobFact.Requested fact) ->
                context.forward(new Record<>(
                        fact.origin().id().bytes(), summaries.serialize(at.topic(), fact), record.timestamp()));
            case RecordReading.Skipped(String reason) -> skip(at, reason);
        }
        progress.processed(new TopicPartition(at.topic(), at.partition()), at.offset());
    }

    private RecordReading read(Record<byte[], byte[]> record, Instant now) {
        try {
            return reader.read(SourceRecord.of(record, context), now);
        } catch (RuntimeException unforeseen) {
            // Anybody may write to a request topic: no record, however odd, may stop the ones behind it for good.
            LOG.atWarn().setCause(unforeseen).log("A record could not be read");
            return new RecordReading.Skipped(unforeseen.toString());
        }
    }

    private void take(JobFact fact, byte[] value, Instant now) {
        JobId id = fact.origin().id();
        Optional<JobState> before = Optional.ofNullable(jobs.get(id));
        switch (JobTransition.apply(before, fact)) {
            case Updated(JobState state) -> {
                dues.moved(before, state, now);
                jobs.put(id, state);
                accounts.moved(before, state, now);
                if (before.map(JobState::status).filter(state.status()::equals).isEmpty()) {
                    metrics.entered(state.status());
                }
                if (fact instanceof JobFact.Completed) {
                    waiters.ended(state, value);
                }
            }
            case Ignored(Reason reason) -> {
                // The record may be read again because a crash came between the table and the index.
                before.ifPresent(state -> {
                    var _ = dues.restore(state, now);
                    accounts.met(state);
                });
                if (reason == Reason.DUPLICATE_RESULT) {
                    metrics.duplicateResult();
                    LOG.atInfo().addKeyValue("job_id", id).log("A second result of a job was ignored");
                }
            }
        }
    }

    private void skip(RecordMetadata at, String reason) {
        metrics.error("unreadable_record");
        LOG.atWarn()
                .addKeyValue("topic", at.topic())
                .addKeyValue("partition", at.partition())
                .addKeyValue("offset", at.offset())
                .addKeyValue("reason", reason)
                .log("A record was skipped");
    }

    @Override
    public void close() {
        waiters.lost(context.taskId().partition());
        ledger.lost(context.taskId().partition());
    }
}
