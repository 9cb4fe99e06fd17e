package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells of many jobs of this process' own part of the table at once how far they have come: what Kafka knew when it was asked
 * counts, and no result is read. Thread-safe.
 */
public final class StandingLookup {

    private final LocalJobs jobs;
    private final Freshness freshness;

    public StandingLookup(LocalJobs jobs, Freshness freshness) {
        this.jobs = jobs;
        this.freshness = freshness;
    }

    /**
     * Where the table lags behind Kafka, only an end is certain, and that a job was parked so often at least.
     *
     * @param patience with a table that lags
     */
    public Standings find(List<JobId> ids, Duration patience) throws InterruptedException {
        if (ids.isEmpty()) {
            return Standings.NONE;
        }
        Set<Integer> caughtUp =
                freshness.awaitCaughtUp(ids.stream().map(jobs::partitionOf).collect(Collectors.toSet()), patience);
        List<Standing> known = new ArrayList<>();
        List<JobId> unknown = new ArrayList<>();
        for (JobId id : ids) {
            boolean all = caughtUp.contains(jobs.partitionOf(id));
            switch (jobs.read(id)) {
                case LocalReading.Found(JobState state) when all -> known.add(standing(state));
                case LocalReading.Missing() when all -> {}
                case LocalReading.Found(JobState state) -> addCertain(id, Optional.of(state), known, unknown);
                case LocalReading.Missing() -> unknown.add(id);
                case LocalReading.Elsewhere _ -> addCertain(id, jobs.readCopy(id), known, unknown);
            }
        }
        return new Standings(known, unknown);
    }

    /** What copies in this process know of jobs whose own part of the table cannot be asked. */
    public Standings findCopies(List<JobId> ids) {
        List<Standing> known = new ArrayList<>();
        List<JobId> unknown = new ArrayList<>();
        ids.forEach(id -> addCertain(id, jobs.readCopy(id), known, unknown));
        return new Standings(known, unknown);
    }

    private static void addCertain(JobId id, Optional<JobState> seen, List<Standing> known, List<JobId> unknown) {
        boolean ended = seen.flatMap(JobState::ending).isPresent();
        seen.filter(state -> ended || state.progress().parkNumber().isPresent())
                .map(StandingLookup::standing)
                .ifPresent(known::add);
        if (!ended) {
            unknown.add(id);
        }
    }

    private static Standing standing(JobState state) {
        return new Standing(
                state.id(), state.status(), state.progress().parkNumber().orElse(0));
    }
}
