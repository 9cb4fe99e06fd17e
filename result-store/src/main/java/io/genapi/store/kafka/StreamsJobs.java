package io.genapi.store.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.store.job.JobState;
import io.genapi.store.query.JobPage;
import io.genapi.store.query.LocalJobs;
import io.genapi.store.query.LocalPage;
import io.genapi.store.query.LocalReading;
import io.genapi.store.query.PageRequest;
import io.genapi.store.query.Period;
import io.genapi.store.query.StoredJob;
import io.genapi.store.topology.StoreTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The part of the table that this process' Kafka Streams has. */
public final class StreamsJobs implements LocalJobs {
    /** Jobs looked at for one page of one partition: a rare status must not make a query read the whole table. */
    private static final int MOST_SEEN = 5_000;

    private final StreamsProcess process;
    private final int partitions;

    public StreamsJobs(StreamsProcess process, int partitions) {
        this.process = process;
        this.partitions = partitions;
    }

    @Override
    public int partitionOf(JobId id) {
        return JobPartitioner.partitionOf(id, partitions);
    }

    @Override
    public LocalReading read(JobId id) {
        return process.<LocalReading>ask(streams -> {
                    JobState state = table(streams, partitionOf(id), false).get(id);
                    return state == null ? new LocalReading.Missing() : new LocalReading.Found(state);
                })
                .orElseGet(() -> new LocalReading.Elsewhere("the job's part of the store is moving or being restored"));
    }

    @Override
    public Optional<JobState> readCopy(JobId id) {
        return process.ask(streams -> Optional.ofNullable(
                        table(streams, partitionOf(id), true).get(id)))
                .flatMap(Function.identity());
    }

    @Override
    public Optional<LocalPage> newest(PageRequest request) {
        return process.ask(streams -> {
            Set<Integer> here = process.activePartitions();
            List<JobPage<StoredJob>> pages = here.stream()
                    .map(partition -> newest(table(streams, partition, false), request))
                    .toList();
            return new LocalPage(JobPage.merge(pages, request.limit()), here);
        });
    }

    private static JobPage<StoredJob> newest(ReadOnlyKeyValueStore<JobId, JobState> table, PageRequest request) {
        List<StoredJob> jobs = new ArrayList<>();
        Optional<JobId> last = Optional.empty();
        int seen = 0;
        for (IdRange range : IdRange.of(request)) {
            try (KeyValueIterator<JobId, JobState> newestFirst = table.reverseRange(range.lowest(), range.highest())) {
                while (newestFirst.hasNext()) {
                    if (seen == MOST_SEEN || jobs.size() == request.limit()) {
                        return new JobPage<>(jobs, true, last);
                    }
                    JobState job = newestFirst.next().value;
                    last = Optional.of(job.id());
                    seen++;
                    if (isWanted(job, request)) {
                        jobs.add(new StoredJob(job));
                    }
                }
            }
        }
        return new JobPage<>(jobs, false, last);
    }

    /** Ids to be looked through, both ends included. */
    private record IdRange(@Nullable JobId lowest, @Nullable JobId highest) {

        /** Those of the time that is asked for, and then those that tell no time. */
        static List<IdRange> of(PageRequest request) {
            Optional<JobId> highest = Stream.of(
                            request.after(), request.period().highest())
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder());
            JobId lowest = request.period().lowest();
            IdRange timeless = new IdRange(
                    null,
                    request.after()
                            .filter(id -> id.compareTo(Period.FIRST_OF_TIME) < 0)
                            .orElse(Period.FIRST_OF_TIME));
            boolean none = highest.filter(id -> id.compareTo(lowest) < 0).isPresent();
            return none ? List.of(timeless) : List.of(new IdRange(lowest, highest.orElse(null)), timeless);
        }
    }

    private static boolean isWanted(JobState job, PageRequest request) {
        return request.status().filter(status -> status != job.status()).isEmpty()
                && request.tenant()
                        .filter(tenant -> !tenant.equals(job.tenant()))
                        .isEmpty()
                && request.after().filter(job.id()::equals).isEmpty()
                && request.period().contains(job.createdAt());
    }

    private static ReadOnlyKeyValueStore<JobId, JobState> table(
            KafkaStreams streams, int partition, boolean copiesToo) {
        StoreQueryParameters<ReadOnlyKeyValueStore<JobId, JobState>> query = StoreQueryParameters.fromNameAndType(
                        StoreTopology.JOBS, QueryableStoreTypes.<JobId, JobState>keyValueStore())
                .withPartition(partition);
        return streams.store(copiesToo ? query.enableStaleStores() : query);
    }
}
