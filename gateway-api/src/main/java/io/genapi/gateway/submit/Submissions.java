package io.genapi.gateway.submit;

import io.genapi.gateway.job.QueuedJob;
import io.genapi.gateway.reply.JobIdMinter;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.PendingReply;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.reply.WaitOutcome;
import io.genapi.gateway.stream.LiveStream;
import io.genapi.gateway.stream.Streams;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Takes chat requests: makes each a durable job and, where its caller wants that, waits for its end. Thread-safe. */
public final class Submissions {

    private final PartitionOwnership ownership;
    private final JobIdMinter minter;
    private final PendingReplies pendingReplies;
    private final ReplyWait replyWait;
    private final Streams streams;
    private final JobPublisher publisher;
    private final DiskGuard disk;
    private final SubmissionLimits limits;
    private final InstantSource clock;
    private final Semaphore waiting;
    private volatile boolean stopping;

    public Submissions(
            PartitionOwnership ownership,
            JobIdMinter minter,
            PendingReplies pendingReplies,
            ReplyWait replyWait,
            Streams streams,
            JobPublisher publisher,
            DiskGuard disk,
            SubmissionLimits limits,
            InstantSource clock) {
        this.ownership = ownership;
        this.minter = minter;
        this.pendingReplies = pendingReplies;
        this.replyWait = replyWait;
        this.streams = streams;
        this.publisher = publisher;
        this.disk = disk;
        this.limits = limits;
        this.clock = clock;
        this.waiting = new Semaphore(limits.maxWaiting());
    }

    /** Refuses every job from here on; calls that wait go on waiting. */
    public void stop() {
        stopping = true;
    }

    /** Whether jobs are taken at all. */
    public boolean isStopping() {
        return stopping;
    }

    /** Returns when the job has ended, when its caller's time is over, or, for one that does not wait, when it is durable. */
    public SubmissionOutcome submit(ChatSubmission submission) throws InterruptedException {
        Optional<Refusal> refusal = refusal();
        if (refusal.isPresent()) {
            return new SubmissionOutcome.Refused(refusal.get());
        }
        return switch (submission.mode()) {
            case ResponseMode.Waiting(BooleanSupplier isThere) ->
                whileCounted(() -> submitAndWait(submission, limits.waitDeadline(), isThere));
            case ResponseMode.Streaming streaming -> whileCounted(() -> submitAndStream(submission, streaming));
            case ResponseMode.Async(Duration wait) ->
                wait.isPositive() ? whileCounted(() -> submitAndWait(submission, wait, () -> true)) : queue(submission);
        };
    }

    private Optional<Refusal> refusal() throws InterruptedException {
        if (stopping) {
            return Optional.of(new Refusal.Stopping());
        }
        Optional<Refusal.DiskFull> full = disk.check();
        if (full.isPresent()) {
            return Optional.of(full.get());
        }
        return ownership.awaitOwned(limits.ownershipPatience())
                ? Optional.empty()
                : Optional.of(new Refusal.NoPartitions());
    }

    private interface Call {
        SubmissionOutcome make() throws InterruptedException;
    }

    private SubmissionOutcome whileCounted(Call call) throws InterruptedException {
        if (!waiting.tryAcquire()) {
            return new SubmissionOutcome.Refused(new Refusal.TooManyWaiting(limits.maxWaiting()));
        }
        try {
            return call.make();
        } finally {
            waiting.release();
        }
    }

    private SubmissionOutcome submitAndWait(ChatSubmission submission, Duration patience, BooleanSupplier isThere)
            throws InterruptedException {
        Optional<JobRequest> minted = mintedHere(submission);
        if (minted.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        JobRequest request = minted.get();
        try (PendingReply pending = pendingReplies.expect(request.id())) {
            return publish(
                    request,
                    () -> ended(
                            submission,
                            request,
                            replyWait.await(pending, request.submittedAt().plus(patience), isThere)));
        }
    }

    private SubmissionOutcome submitAndStream(ChatSubmission submission, ResponseMode.Streaming mode)
            throws InterruptedException {
        Optional<JobRequest> minted = mintedHere(submission);
        if (minted.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        JobRequest request = minted.get();
        try (LiveStream stream = streams.expect(request.id())) {
            return publish(
                    request,
                    () -> new SubmissionOutcome.Streamed(
                            request,
                            streams.serve(
                                    stream,
                                    mode.connection().apply(request.id()),
                                    mode.resets(),
                                    request.submittedAt().plus(limits.waitDeadline()))));
        }
    }

    /** A request whose result comes to this gateway; empty if it owns no partition any more. */
    private Optional<JobRequest> mintedHere(ChatSubmission submission) {
        Optional<JobOrder> order = order(submission);
        Optional<JobId> id = order.isPresent() ? minter.mintNear(order.get()) : minter.mint();
        return id.map(minted -> request(minted, submission));
    }

    /** @param afterwards what is done when the request is durable */
    private SubmissionOutcome publish(JobRequest request, Call afterwards) throws InterruptedException {
        return switch (publisher.publish(request)) {
            case JobPublisher.Outcome.Unconfirmed(String reason) ->
                new SubmissionOutcome.Unconfirmed(request.id(), reason);
            case JobPublisher.Outcome.Acknowledged() -> afterwards.make();
        };
    }

    private static SubmissionOutcome ended(ChatSubmission submission, JobRequest request, WaitOutcome outcome) {
        boolean waits = submission.mode() instanceof ResponseMode.Waiting;
        return switch (outcome) {
            case WaitOutcome.Replied(var reply) -> new SubmissionOutcome.Answered(request.id(), reply);
            case WaitOutcome.CallerLeft() -> new SubmissionOutcome.CallerLeft(request);
            case WaitOutcome.TimePassed() when waits -> new SubmissionOutcome.WaitPassed(request.id());
            case WaitOutcome.Interrupted() when waits -> new SubmissionOutcome.WaitInterrupted(request.id());
            case WaitOutcome.TimePassed _, WaitOutcome.Interrupted _ ->
                new SubmissionOutcome.Accepted(
                        new QueuedJob(request, submission.body().model()));
        };
    }

    private SubmissionOutcome queue(ChatSubmission submission) throws InterruptedException {
        Optional<JobOrder> order = order(submission);
        Optional<JobId> id = order.isPresent() ? Optional.of(minter.mintAt(order.get())) : minter.mint();
        if (id.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        JobRequest request = request(id.get(), submission);
        return publish(
                request,
                () -> new SubmissionOutcome.Accepted(
                        new QueuedJob(request, submission.body().model())));
    }

    private static Optional<JobOrder> order(ChatSubmission submission) {
        return submission.orderingKey().map(key -> new JobOrder(submission.tenant(), key));
    }

    private JobRequest request(JobId id, ChatSubmission submission) {
        boolean waits = !(submission.mode() instanceof ResponseMode.Async);
        Instant now = clock.instant();
        return new JobRequest(
                id,
                submission.lane().orElse(waits ? Lane.PRIORITY : Lane.DEFAULT),
                submission.tenant(),
                Correlation.of(submission.correlationId()),
                submission.requestId(),
                now,
                Optional.of(now.plus(waits ? limits.waitDeadline() : limits.asyncDeadline())),
                waits,
                submission.vendor(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                submission.orderingKey(),
                submission.body().bytes());
    }
}
