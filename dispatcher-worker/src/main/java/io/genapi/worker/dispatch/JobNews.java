package io.genapi.worker.dispatch;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.attempt.History;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import java.time.InstantSource;
import java.util.Optional;

/** What there is to tell of a job on its way. */
final class JobNews {

    private final JobEvents events;
    private final InstantSource clock;

    JobNews(JobEvents events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** @param attempt the one that comes now */
    void started(JobRequest job, int attempt, Candidate candidate) {
        tell(job, JobEvent.Kind.STARTED, attempt, candidate, Optional.empty(), Optional.empty(), Optional.empty());
    }

    void attemptFailed(JobRequest job, History history, Failed failure) {
        Optional<Integer> status =
                failure instanceof Refused refused ? Optional.of(refused.status()) : Optional.empty();
        tell(
                job,
                JobEvent.Kind.ATTEMPT_FAILED,
                history.attempts(),
                history.since().getLast().candidate(),
                history.lastVendorRequestId(),
                status,
                Optional.of(failure.reason()));
    }

    private void tell(
            JobRequest job,
            JobEvent.Kind kind,
            int attempt,
            Candidate candidate,
            Optional<VendorRequestId> vendorRequestId,
            Optional<Integer> httpStatus,
            Optional<String> reason) {
        events.tell(new JobEvent(
                job.id(),
                kind,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                clock.instant(),
                attempt,
                Optional.of(candidate.vendor().name()),
                vendorRequestId,
                httpStatus,
                reason,
                Optional.empty()));
    }
}
