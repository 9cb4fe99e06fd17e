package io.genapi.gateway.cancel;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Cancels jobs wherever they are, and waits a moment for their ends. Thread-safe. */
public final class Cancellations {

    private final JobLookup jobs;
    private final CancelPublisher publisher;
    private final Duration wait;
    private final InstantSource clock;

    /** @param wait how long a caller waits for the end */
    public Cancellations(JobLookup jobs, CancelPublisher publisher, Duration wait, InstantSource clock) {
        this.jobs = jobs;
        this.publisher = publisher;
        this.wait = wait;
        this.clock = clock;
    }

    /**
     * A job that has ended already stays as it is, so a cancellation may be sent again.
     *
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     */
    public CancelOutcome cancel(JobId id, Optional<TenantId> viewer) throws InterruptedException {
        StoreAnswer answer = jobs.find(id, viewer, Duration.ZERO);
        if (!(answer instanceof StoreAnswer.Found(byte[] document))) {
            return new CancelOutcome.NotAsked(answer);
        }
        Optional<JobDocument> job = JobDocument.read(document);
        if (job.isEmpty()) {
            return new CancelOutcome.NotAsked(new StoreAnswer.Unknown("the result store's answer is no job"));
        }
        if (job.get().status().isTerminal()) {
            return new CancelOutcome.Ended(document);
        }
        return switch (publisher.publish(
                job.get().identity().news(id, JobEvent.Kind.CANCEL_REQUESTED, clock.instant()))) {
            case CancelPublisher.Outcome.Unconfirmed(String reason) -> new CancelOutcome.Unconfirmed(reason);
            case CancelPublisher.Outcome.Acknowledged() -> requested(id, viewer, document);
        };
    }

    private CancelOutcome requested(JobId id, Optional<TenantId> viewer, byte[] before) throws InterruptedException {
        if (jobs.find(id, viewer, wait) instanceof StoreAnswer.Found(byte[] document)) {
            boolean ended = JobDocument.read(document)
                    .filter(job -> job.status().isTerminal())
                    .isPresent();
            return ended ? new CancelOutcome.Ended(document) : new CancelOutcome.Requested(document);
        }
        // The wish is durable whether or not the store can tell of it now.
        return new CancelOutcome.Requested(before);
    }
}
