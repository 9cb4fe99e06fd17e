package io.genapi.gateway.submit;

import io.genapi.gateway.job.QueuedJob;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;

/** What came of a submission. */
public sealed interface SubmissionOutcome {

    /** The job has ended while its caller waited. */
    record Answered(JobId id, Reply reply) implements SubmissionOutcome {}

    /**
     * The job is durable, and its caller was served its answer piece by piece.
     *
     * @param request the job
     * @param attached whether it was another call's before
     * @param outcome how that ended
     */
    record Streamed(JobRequest request, boolean attached, FollowOutcome outcome) implements SubmissionOutcome {}

    /** The job is durable, and its caller will ask for its end. */
    record Accepted(QueuedJob job) implements SubmissionOutcome {}

    /**
     * There was such a job already, and its caller will ask for its end.
     *
     * @param document of the job as it stands; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
    record Attached(JobId id, byte[] document) implements SubmissionOutcome {}

    /** There was such a job already, and its result is no longer kept. */
    record ResultExpired(JobId id) implements SubmissionOutcome {}

    /** The job was not taken: its idempotency key stands for another request. */
    record KeyReused(JobId original) implements SubmissionOutcome {}

    /**
     * Nobody tells what its idempotency key stands for.
     *
     * @param published whether the request is durable, so that it may be what the key stands for
     * @param reason in a sentence without a full stop
     */
    record Undecided(JobId id, boolean published, String reason) implements SubmissionOutcome {}

    /** The job was not taken, because its {@link Admission} refused it. */
    record NotAdmitted() implements SubmissionOutcome {}

    /** The job was not taken. */
    record Refused(Refusal refusal) implements SubmissionOutcome {}

    /** Kafka did not confirm the job; it may run all the same. */
    record Unconfirmed(JobId id, String reason) implements SubmissionOutcome {}

    /**
     * The job is durable, but its caller has gone away.
     *
     * @param attached whether it was another call's before
     */
    record CallerLeft(JobRequest request, boolean attached) implements SubmissionOutcome {}

    /**
     * The job is durable, but its caller's time is over.
     *
     * @param jobIsOver whether the job's own time is over too
     */
    record WaitPassed(JobRequest request, boolean jobIsOver) implements SubmissionOutcome {}

    /** The job is durable, but this gateway stops. */
    record WaitInterrupted(JobId id) implements SubmissionOutcome {}
}
