package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A part of the table in memory, to be filled by hand: whatever is not put into it is elsewhere. */
public final class KnownJobs implements LocalJobs {
    private final Map<JobId, Integer> partitions = new HashMap<>();
    private final Map<JobId, LocalReading> here = new HashMap<>();
    private final Map<JobId, JobState> copies = new HashMap<>();

    public void put(int partition, JobState state) {
        partitions.put(state.id(), partition);
        here.put(state.id(), new LocalReading.Found(state));
    }

    public void putMissing(int partition, JobId id) {
        partitions.put(id, partition);
        here.put(id, new LocalReading.Missing());
    }

    public void putCopy(JobState state) {
        copies.put(state.id(), state);
    }

    @Override
    public int partitionOf(JobId id) {
        return partitions.getOrDefault(id, 0);
    }

    @Override
    public LocalReading read(JobId id) {
        return here.getOrDefault(id, new LocalReading.Elsewhere("it was never put here"));
    }

    @Override
    public Optional<JobState> readCopy(JobId id) {
        return Optional.ofNullable(copies.get(id));
    }

    @Override
    public Optional<LocalPage> newest(PageRequest request) {
        return Optional.empty();
    }
}
