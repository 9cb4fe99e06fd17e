package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
     * Where the table lags behind Kafka, only an end is certain.
     *
     * @param patience with a table that lags
     */
    public Standings find(List<JobId> ids, Duration patience) throws InterruptedException {
        if (ids.isEmpty()) {
            return Standings.NONE;
        }
        boolean caughtUp =
                freshness.awaitCaughtUp(ids.stream().map(jobs::partitionOf).collect(Collectors.toSet()), patience);
        List<Standing> known = new ArrayList<>();
        List<JobId> unknown = new ArrayList<>();
        for (JobId id : ids) {
            switch (jobs.read(id)) {
                case LocalReading.Found(JobState state)
                when caughtUp || state.ending().isPresent() -> known.add(standing(state));
                case LocalReading.Missing() when caughtUp -> {}
                case LocalReading.Found _, LocalReading.Missing _, LocalReading.Elsewhere _ -> unknown.add(id);
            }
        }
        return new Standings(known, unknown);
    }

    private static Standing standing(JobState state) {
        return new Standing(
                state.id(), state.status(), state.progress().parkNumber().orElse(0));
    }
}
