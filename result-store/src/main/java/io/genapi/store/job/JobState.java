package io.genapi.store.job;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.time.Instant;
import java.util.Optional;

/**
 * All that the store keeps of one job. Its payload is not among it, only where that lies.
 *
 * @param submission empty while only later facts of the job have been seen
 * @param correlation of its request, or of what was seen of it first
 * @param cancelRequestedAt when somebody first wanted it to end
 * @param deletedAt when somebody first wanted that what came of it is handed out no longer
 * @param recordedAt the newest timestamp of the records it is made of: what retention goes by
 */
public record JobState(
        JobId id,
        TenantId tenant,
        Correlation correlation,
        RequestId requestId,
        Optional<Submission> submission,
        Progress progress,
        Optional<Instant> cancelRequestedAt,
        Optional<Ending> ending,
        Optional<Instant> deletedAt,
        Instant recordedAt) {
    static JobState firstSeenIn(JobFact.Origin origin) {
        return new JobState(
                origin.id(),
                origin.tenant(),
                origin.correlation(),
                origin.requestId(),
                Optional.empty(),
                Progress.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                origin.recordedAt());
    }

    /** For people. */
    public String correlationId() {
        return correlation.id().toString();
    }

    /** The record that it was made of, where it has an idempotency key. */
    public Optional<Original> original() {
        return submission.flatMap(Submission::original);
    }

    /** Where its request lies, if that is known. */
    public Optional<RecordPlace> place() {
        return submission.flatMap(Submission::place);
    }

    public JobStatus status() {
        return ending.map(Ending::status).orElse(progress.status());
    }

    public Instant createdAt() {
        return submission.map(Submission::submittedAt).orElseGet(id::createdAt);
    }

    public Optional<VendorName> vendor() {
        return ending.isPresent()
                ? ending.flatMap(Ending::vendor)
                : progress.vendorSeen().map(VendorSeen::vendor);
    }

    public int attempts() {
        return ending.map(Ending::attempts).orElse(progress.attempts());
    }

    /** When a worker first took it up; told by its end, which no event that comes late may change, or else by its events. */
    public Optional<Instant> startedAt() {
        return ending.filter(end -> end.attempts() > 0)
                .map(end -> createdAt().plus(end.queued()))
                .or(progress::startedAt);
    }

    JobState submitted(JobFact.Requested fact) {
        JobFact.Origin origin = fact.origin();
        return new JobState(
                id,
                origin.tenant(),
                origin.correlation(),
                origin.requestId(),
                Optional.of(new Submission(
                        fact.lane(),
                        fact.submittedAt(),
                        fact.deadline(),
                        fact.expiresAt(),
                        fact.webhookEndpoint(),
                        fact.awaited(),
                        fact.api(),
                        fact.original(),
                        fact.place(),
                        fact.redriveOf())),
                progress,
                cancelRequestedAt,
                ending,
                deletedAt,
                recordedAt);
    }

    JobState progressed(Progress next) {
        return with(next, cancelRequestedAt, ending, deletedAt, recordedAt);
    }

    /** The first cancellation counts, in whichever order they come. */
    JobState cancelRequested(Instant at) {
        Instant first = cancelRequestedAt.filter(at::isAfter).orElse(at);
        return with(progress, Optional.of(first), ending, deletedAt, recordedAt);
    }

    /** The first deletion counts, in whichever order they come. */
    JobState resultDeleted(Instant at) {
        Instant first = deletedAt.filter(at::isAfter).orElse(at);
        return with(progress, cancelRequestedAt, ending, Optional.of(first), recordedAt);
    }

    JobState ended(Ending end) {
        return with(progress, cancelRequestedAt, Optional.of(end), deletedAt, recordedAt);
    }

    JobState recorded(Instant at) {
        Instant newest = at.isAfter(recordedAt) ? at : recordedAt;
        return with(progress, cancelRequestedAt, ending, deletedAt, newest);
    }

    private JobState with(
            Progress progress,
            Optional<Instant> cancelRequestedAt,
            Optional<Ending> ending,
            Optional<Instant> deletedAt,
            Instant recordedAt) {
        return new JobState(
                id,
                tenant,
                correlation,
                requestId,
                submission,
                progress,
                cancelRequestedAt,
                ending,
                deletedAt,
                recordedAt);
    }
}
