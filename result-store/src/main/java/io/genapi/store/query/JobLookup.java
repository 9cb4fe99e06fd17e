package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.job.Ending;
import io.genapi.store.job.JobState;
import io.genapi.store.query.JobAnswer.Absent;
import io.genapi.store.query.JobAnswer.Deleted;
import io.genapi.store.query.JobAnswer.Found;
import io.genapi.store.query.JobAnswer.PayloadGone;
import io.genapi.store.query.JobAnswer.Unknown;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Finds jobs of this process' own part of the table. Thread-safe. */
public final class JobLookup {
    private final LocalJobs jobs;
    private final Freshness freshness;
    private final Duration certainty;
    private final Waiters waiters;
    private final ResultPayloadReader payloads;

    /** @param certainty how long a query for an unknown job waits for the table to catch up with Kafka */
    public JobLookup(
            LocalJobs jobs, Freshness freshness, Duration certainty, Waiters waiters, ResultPayloadReader payloads) {
        this.jobs = jobs;
        this.freshness = freshness;
        this.certainty = certainty;
        this.waiters = waiters;
        this.payloads = payloads;
    }

    /**
     * The job as soon as it has ended, else as it is when the wait is over.
     *
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     */
    public JobAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) throws InterruptedException {
        if (wait.isZero()) {
            return answer(seenBy(viewer, readForCertain(id)));
        }
        // Registered before the state is read: an end between the two must not be slept through.
        try (Waiters.Waiter waiter = waiters.waitFor(id, jobs.partitionOf(id))) {
            LocalReading reading = seenBy(viewer, readForCertain(id));
            if (!(reading instanceof LocalReading.Found(JobState state))
                    || state.ending().isPresent()) {
                return answer(reading);
            }
            Optional<Waiters.Wake> wake = waiter.await(wait);
            if (wake.isEmpty()) {
                return answer(jobs.read(id));
            }
            return switch (wake.get()) {
                case Waiters.Wake.Ended(JobState ended, byte[] payload) ->
                    ended.deletedAt().isPresent() ? new Deleted(ended) : new Found(ended, Optional.of(payload));
                case Waiters.Wake.Lost() -> new Unknown("the job's state is moving to another store");
            };
        }
    }

    /** The job as it stands in this process now, without asking Kafka for anything. */
    public LocalReading glance(JobId id) {
        return jobs.read(id);
    }

    /** The same as a copy in this process knows it. */
    public Optional<JobState> glanceAtCopy(JobId id) {
        return jobs.readCopy(id);
    }

    /** The job without what came of it, waiting for a table that lags behind where it is not there yet. */
    public LocalReading state(JobId id, Optional<TenantId> viewer) throws InterruptedException {
        return seenBy(viewer, readForCertain(id));
    }

    /** The job as a copy in this process knows it, if that is news enough for the one who asks. */
    public JobAnswer findCopy(JobId id, Optional<TenantId> viewer, Duration wait) throws InterruptedException {
        Optional<JobState> copy = jobs.readCopy(id)
                .filter(state -> wait.isZero() || state.ending().isPresent());
        if (copy.filter(state -> !maySee(viewer, state)).isPresent()) {
            return new Absent();
        }
        return copy.isPresent()
                ? withPayload(copy.get())
                : new Unknown("the store that has the job's state cannot be reached");
    }

    private static LocalReading seenBy(Optional<TenantId> viewer, LocalReading reading) {
        return reading instanceof LocalReading.Found(JobState state) && !maySee(viewer, state)
                ? new LocalReading.Missing()
                : reading;
    }

    private static boolean maySee(Optional<TenantId> viewer, JobState state) {
        return viewer.isEmpty() || viewer.get().equals(state.tenant());
    }

    private LocalReading readForCertain(JobId id) throws InterruptedException {
        LocalReading first = jobs.read(id);
        if (!(first instanceof LocalReading.Missing)) {
            return first;
        }
        if (freshness.awaitCaughtUp(Set.of(jobs.partitionOf(id)), certainty).isEmpty()) {
            return new LocalReading.Elsewhere("the store is catching up with Kafka");
        }
        return jobs.read(id);
    }

    private JobAnswer answer(LocalReading reading) throws InterruptedException {
        return switch (reading) {
            case LocalReading.Found(JobState state) -> withPayload(state);
            case LocalReading.Missing() -> new Absent();
            case LocalReading.Elsewhere(String reason) -> new Unknown(reason);
        };
    }

    private JobAnswer withPayload(JobState state) throws InterruptedException {
        if (state.deletedAt().isPresent()) {
            return new Deleted(state);
        }
        Optional<Ending> ending = state.ending();
        if (ending.isEmpty()) {
            return new Found(state, Optional.empty());
        }
        return switch (payloads.read(state.id(), ending.get().payload())) {
            case PayloadReading.Present(byte[] payload) -> new Found(state, Optional.of(payload));
            case PayloadReading.Gone() -> new PayloadGone(state);
            case PayloadReading.Unavailable(String reason) -> new Unknown(reason);
        };
    }
}
