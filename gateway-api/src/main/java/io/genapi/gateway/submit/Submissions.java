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
                whileCounted(() -> submitAndWait(submission, patience(submission, limits.waitDeadline()), isThere));
            case ResponseMode.Streaming streaming -> whileCounted(() -> submitAndStream(submission, streaming));
            case ResponseMode.Async(Duration wait) ->
                wait.isPositive()
                        ? whileCounted(() -> submitAndWait(submission, patience(submission, wait), () -> true))
                        : queue(submission);
        };
    }

    private static Duration patience(ChatSubmission submission, Duration atMost) {
        return submission.time().patience(atMost);
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
                    () -> ended(submission, request, replyWait.await(pending, callEnds(request, patience), isThere)));
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
                                    patience(submission, limits.waitDeadline()),
                                    callEnds(request, limits.waitDeadline()))));
        }
    }

    /** No call outlives its job's deadline. */
    private static Instant callEnds(JobRequest request, Duration patience) {
        Instant end = request.submittedAt().plus(patience);
        return request.deadline().filter(end::isAfter).orElse(end);
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

    private SubmissionOutcome ended(ChatSubmission submission, JobRequest request, WaitOutcome outcome) {
        boolean waits = submission.mode() instanceof ResponseMode.Waiting;
        return switch (outcome) {
            case WaitOutcome.Replied(var reply) -> new SubmissionOutcome.Answered(request.id(), reply);
            case WaitOutcome.CallerLeft() -> new SubmissionOutcome.CallerLeft(request);
            case WaitOutcome.TimePassed() when waits -> new SubmissionOutcome.WaitPassed(request, isOver(request));
            case WaitOutcome.Interrupted() when waits -> new SubmissionOutcome.WaitInterrupted(request.id());
            case WaitOutcome.TimePassed _, WaitOutcome.Interrupted _ ->
                new SubmissionOutcome.Accepted(
                        new QueuedJob(request, submission.body().model()));
        };
    }

    private boolean isOver(JobRequest request) {
        return request.deadline()
                .filter(deadline -> !clock.instant().isBefore(deadline))
                .isPresent();
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
        Duration usual = switch (submission.mode()) {
            case ResponseMode.Waiting _ -> patience(submission, limits.waitDeadline());
            case ResponseMode.Streaming _ -> limits.waitDeadline();
            case ResponseMode.Async _ -> limits.asyncDeadline();
        };
        return new JobRequest(
                id,
                submission.lane().orElse(waits ? Lane.PRIORITY : Lane.DEFAULT),
                submission.tenant(),
                Correlation.of(submission.correlationId()),
                submission.requestId(),
                now,
                submission.time().deadline().or(() -> Optional.of(now.plus(usual))),
                waits,
                submission.vendor(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                submission.orderingKey(),
                submission.body().bytes());
    }
}
