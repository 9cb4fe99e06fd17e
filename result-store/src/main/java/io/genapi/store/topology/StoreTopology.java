package io.genapi.store.topology;

import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.Likeness;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.job.Deadlines;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobFact;
import io.genapi.store.query.RecentRequests;
import io.genapi.store.query.Waiters;
import io.genapi.store.tenant.TenantLedger;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * Requests, events and results in, one table of job states out, and the ends of jobs that nobody ended in time. All of it is one sub-topology, so the state and the
 * inputs of one partition are always in one task.
 *
 * @param applicationId of Kafka Streams; the names of its own topics begin with it
 * @param partitions of every topic that is keyed by job id
 * @param retention how long a job is kept after its newest record
 * @param source this process, as CloudEvents' {@code source}
 */
public record StoreTopology(
        TopicNames names,
        String applicationId,
        int partitions,
        Duration retention,
        Duration sweepInterval,
        Deadlines deadlines,
        DueTimes dueTimes,
        String source) {
    /** The table's name. */
    public static final String JOBS = "jobs";

    /** The name of the index of the jobs that the store may have to end. */
    static final String DUE = "due";

    /** The name of the store of what tenants' jobs have cost today. */
    static final String TOKENS = "tenant-tokens";

    private static final String FOREIGN_REQUESTS = "foreign-requests";

    /** The input partitions that tell of the jobs of one partition of the table. */
    public List<TopicPartition> inputs(int partition) {
        Stream<String> topics = Stream.concat(
                names.requests().stream(),
                Stream.of(names.events(), names.results(), applicationId + "-" + FOREIGN_REQUESTS + "-repartition"));
        return topics.map(topic -> new TopicPartition(topic, partition)).toList();
    }

    public Topology build(
            StoreMetrics metrics,
            ConsumptionProgress progress,
            Waiters waiters,
            TenantLedger ledger,
            RecentRequests recent,
            Properties properties) {
        Serde<byte[]> bytes = Serdes.ByteArray();
        // A record without a usable timestamp is still a job; Kafka's own extractor would stop the whole store.
        Consumed<byte[], byte[]> source =
                Consumed.with(bytes, bytes).withTimestampExtractor((record, _) -> Math.max(0, record.timestamp()));
        FactRecords records = new FactRecords(names, partitions, deadlines);
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(JOBS), JobSerdes.jobId(), JobSerdes.jobState())
                .withCachingDisabled());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DUE), Due.serde(), Serdes.ByteArray())
                        .withCachingDisabled());
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(TOKENS), JobSerdes.tenantId(), JobSerdes.dayTokens())
                .withCachingDisabled());

        builder.stream(names.requests(), source)
                .process(
                        facts(remembered(records::request, recent), metrics, progress, waiters, ledger),
                        Named.as("requests"),
                        JOBS,
                        DUE,
                        TOKENS)
                .repartition(Repartitioned.with(bytes, bytes)
                        .withName(FOREIGN_REQUESTS)
                        .withNumberOfPartitions(partitions))
                .process(
                        facts(records::foreignRequest, metrics, progress, waiters, ledger),
                        Named.as("foreign"),
                        JOBS,
                        DUE,
                        TOKENS);
        builder.stream(names.events(), source)
                .process(
                        facts(records::event, metrics, progress, waiters, ledger),
                        Named.as("events"),
                        JOBS,
                        DUE,
                        TOKENS);
        KStream<byte[], byte[]> results = builder.stream(names.results(), source);
        results.process(
                facts(records::result, metrics, progress, waiters, ledger), Named.as("results"), JOBS, DUE, TOKENS);
        results.process(sweep(metrics), Named.as("retention"), JOBS);
        results.process(dueJobs(metrics, progress), Named.as("due-jobs"), JOBS, DUE)
                .to(names.results(), Produced.with(bytes, bytes).withName("ends"));
        return builder.build(properties);
    }

    /** A job with an idempotency key is found by that. */
    private static RecordReader remembered(RecordReader requests, RecentRequests recent) {
        return (record, now) -> {
            RecordReading reading = requests.read(record, now);
            RecordReading.requested(reading)
                    .filter(fact -> fact.original().isEmpty())
                    .map(JobFact.Requested::origin)
                    .ifPresent(origin -> recent.saw(
                            new Likeness(
                                    origin.tenant(),
                                    DroppedBody.digestOf(record),
                                    RequestRecords.vendorOf(record),
                                    RequestRecords.orderOf(record).map(JobOrder::key)),
                            origin.id(),
                            origin.recordedAt(),
                            now));
            return reading;
        };
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> facts(
            RecordReader reader,
            StoreMetrics metrics,
            ConsumptionProgress progress,
            Waiters waiters,
            TenantLedger ledger) {
        return () -> new Initialised<>(
                context -> new FactProcessor(reader, metrics, progress, waiters, ledger, dueTimes, context));
    }

    private ProcessorSupplier<byte[], byte[], Void, Void> sweep(StoreMetrics metrics) {
        return () ->
                new Initialised<>(context -> new RetentionSweep(retention, sweepInterval, dueTimes, metrics, context));
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> dueJobs(
            StoreMetrics metrics, ConsumptionProgress progress) {
        return () -> new Initialised<>(context -> {
            TopicPartition results =
                    new TopicPartition(names.results(), context.taskId().partition());
            return new DueJobs(names, source, dueTimes, metrics, new Recency(progress, results), context);
        });
    }
}
