package io.genapi.gateway.submit;

import io.genapi.gateway.cancel.Attachments;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.Originals;
import io.genapi.gateway.job.Pause;
import io.genapi.gateway.job.QueuedJob;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.JobIdMinter;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.PendingReply;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.reply.WaitOutcome;
import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.gateway.stream.LiveStream;
import io.genapi.gateway.stream.StreamSink;
import io.genapi.gateway.stream.Streams;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Takes chat requests: makes each a durable job and, where its caller wants that, waits for its end. Thread-safe. */
public final class Submissions {

    private final PartitionOwnership ownership;
    private final Drafts drafts;
    private final KeyedJobs keyedJobs;
    private final PendingReplies pendingReplies;
    private final ReplyWait replyWait;
    private final Streams streams;
    private final JobStore store;
    private final JobPublisher publisher;
    private final Attachments attachments;
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
            JobStore store,
            Originals originals,
            JobPublisher publisher,
            Attachments attachments,
            DiskGuard disk,
            SubmissionLimits limits,
            InstantSource clock,
            Pause pause) {
        this.ownership = ownership;
        this.drafts = new Drafts(minter, new EarlierTries(originals, store), limits, clock);
        this.keyedJobs = new KeyedJobs(originals, publisher, limits.storePatience(), clock, pause);
        this.pendingReplies = pendingReplies;
        this.replyWait = replyWait;
        this.streams = streams;
        this.store = store;
        this.publisher = publisher;
        this.attachments = attachments;
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
        Optional<Draft> drafted = drafts.toWaitFor(submission);
        if (drafted.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        Draft draft = drafted.get();
        JobRequest request = draft.request();
        try (PendingReply pending =
                draft.isNew() ? pendingReplies.expect(request.id()) : pendingReplies.expectAnywhere(request.id())) {
            SubmissionOutcome outcome = take(draft, submission.admission(), attached -> {
                WaitOutcome end = replyWait.await(pending, callEnds(request, patience), isThere);
                return ended(submission, request, attached, end);
            });
            return draft.kind() == Draft.Kind.REPEATED && isLost(outcome)
                    ? submitAndWait(submission.asFirstTry(), patience, isThere)
                    : outcome;
        }
    }

    private SubmissionOutcome submitAndStream(ChatSubmission submission, ResponseMode.Streaming mode)
            throws InterruptedException {
        Optional<Draft> drafted = drafts.toWaitFor(submission);
        if (drafted.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        Draft draft = drafted.get();
        JobRequest request = draft.request();
        Duration silence = patience(submission, limits.waitDeadline());
        Instant until = callEnds(request, limits.waitDeadline());
        try (LiveStream stream = streams.expect(request.id())) {
            StreamSink sink = mode.connection().apply(request.id());
            SubmissionOutcome outcome = take(draft, submission.admission(), attached -> {
                FollowOutcome followed = attached
                        ? streams.catchUp(stream, sink, mode.resets(), silence, until)
                        : streams.serve(stream, sink, mode.resets(), silence, until);
                return new SubmissionOutcome.Streamed(request, attached, followed);
            });
            return draft.kind() == Draft.Kind.REPEATED && isLost(outcome) && !sink.hasBegun()
                    ? submitAndStream(submission.asFirstTry(), mode)
                    : outcome;
        }
    }

    /** Its first caller's leaving ended it. */
    private static boolean isLost(SubmissionOutcome outcome) {
        Optional<Reply> end = outcome instanceof SubmissionOutcome.Answered(var _, Reply answer)
                ? Optional.of(answer)
                : outcome instanceof SubmissionOutcome.Streamed(var _, var _, FollowOutcome.JobFailed(Reply failure))
                        ? Optional.of(failure)
                        : Optional.empty();
        return end.filter(reply -> reply.status() == JobStatus.CANCELLED).isPresent();
    }

    private SubmissionOutcome queue(ChatSubmission submission) throws InterruptedException {
        Optional<Draft> drafted = drafts.toAskFor(submission);
        if (drafted.isEmpty()) {
            return new SubmissionOutcome.Refused(new Refusal.NoPartitions());
        }
        return take(
                drafted.get(),
                submission.admission(),
                attached -> accepted(submission, drafted.get().request(), attached));
    }

    /** What is done when the job is durable. */
    private interface Afterwards {

        /** @param attached whether it was durable before */
        SubmissionOutcome go(boolean attached) throws InterruptedException;
    }

    private SubmissionOutcome take(Draft draft, Admission admission, Afterwards afterwards)
            throws InterruptedException {
        return switch (draft.kind()) {
            case NEW -> admission.admits() ? publish(draft.request(), afterwards) : new SubmissionOutcome.NotAdmitted();
            case KEYED -> takeKeyed(draft.request(), admission, afterwards);
            case REPEATED -> {
                attachments.attached(draft.request().id());
                yield afterwards.go(true);
            }
        };
    }

    private SubmissionOutcome publish(JobRequest request, Afterwards afterwards) throws InterruptedException {
        return switch (publisher.publish(request)) {
            case JobPublisher.Outcome.Unconfirmed(String reason) ->
                new SubmissionOutcome.Unconfirmed(request.id(), reason);
            case JobPublisher.Outcome.Acknowledged() -> afterwards.go(false);
        };
    }

    private SubmissionOutcome takeKeyed(JobRequest request, Admission admission, Afterwards afterwards)
            throws InterruptedException {
        return switch (keyedJobs.take(request, admission)) {
            case Taking.Taken() -> afterwards.go(false);
            case Taking.Attached() -> afterwards.go(true);
            case Taking.NotAdmitted() -> new SubmissionOutcome.NotAdmitted();
            case Taking.OtherBody() -> new SubmissionOutcome.KeyReused(request.id());
            case Taking.Unconfirmed(String reason) -> new SubmissionOutcome.Unconfirmed(request.id(), reason);
            case Taking.Undecided(String reason, boolean published) ->
                new SubmissionOutcome.Undecided(request.id(), published, reason);
        };
    }

    private SubmissionOutcome ended(
            ChatSubmission submission, JobRequest request, boolean attached, WaitOutcome outcome) {
        boolean waits = submission.mode() instanceof ResponseMode.Waiting;
        return switch (outcome) {
            case WaitOutcome.Replied(var reply) -> new SubmissionOutcome.Answered(request.id(), reply);
            case WaitOutcome.ResultExpired() -> new SubmissionOutcome.ResultExpired(request.id());
            case WaitOutcome.CallerLeft() -> new SubmissionOutcome.CallerLeft(request, attached);
            case WaitOutcome.TimePassed()
            when waits -> new SubmissionOutcome.WaitPassed(request, !attached && isOver(request));
            case WaitOutcome.Interrupted() when waits -> new SubmissionOutcome.WaitInterrupted(request.id());
            case WaitOutcome.TimePassed _, WaitOutcome.Interrupted _ -> accepted(submission, request, attached);
        };
    }

    private SubmissionOutcome accepted(ChatSubmission submission, JobRequest request, boolean attached) {
        SubmissionOutcome accepted = new SubmissionOutcome.Accepted(
                new QueuedJob(request, submission.body().model()));
        if (!attached) {
            return accepted;
        }
        return switch (store.find(request.id(), Duration.ZERO)) {
            case StoreAnswer.Found(byte[] document) -> new SubmissionOutcome.Attached(request.id(), document);
            case StoreAnswer.Gone _ -> new SubmissionOutcome.ResultExpired(request.id());
            case StoreAnswer.NotFound _, StoreAnswer.Unknown _ -> accepted;
        };
    }

    /** No call outlives the deadline that it gives its job. */
    private static Instant callEnds(JobRequest request, Duration patience) {
        Instant end = request.submittedAt().plus(patience);
        return request.deadline().filter(end::isAfter).orElse(end);
    }

    private boolean isOver(JobRequest request) {
        return request.deadline()
                .filter(deadline -> !clock.instant().isBefore(deadline))
                .isPresent();
    }
}
