package io.genapi.gateway.batch;

import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.Pause;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.PendingReply;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.reply.WaitOutcome;
import io.genapi.gateway.submit.JobPublisher;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Has a batch's requests answered as jobs, each of its own idempotency key: whoever takes a batch over submits them again,
 * and no vendor is called twice. Thread-safe.
 */
public final class LineJobs {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** One wait among many, after which it is looked whether the batch is still to be run. */
    private static final Duration WAIT = Duration.ofMinutes(10);

    /** After a cancellation; then it is asked for once more. */
    private static final Duration CANCEL_WAIT = Duration.ofSeconds(20);

    private final JobPublisher publisher;
    private final PendingReplies replies;
    private final ReplyWait replyWait;
    private final JobStore store;
    private final CancelPublisher cancels;
    private final InstantSource clock;
    private final Pause pause;

    public LineJobs(
            JobPublisher publisher,
            PendingReplies replies,
            ReplyWait replyWait,
            JobStore store,
            CancelPublisher cancels,
            InstantSource clock,
            Pause pause) {
        this.publisher = publisher;
        this.replies = replies;
        this.replyWait = replyWait;
        this.store = store;
        this.cancels = cancels;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Returns when the request has ended.
     *
     * @param mayExist whether somebody may have submitted it before
     * @param draining whether it is not to be begun, and to be stopped where it has
     * @throws InterruptedException if this gateway no longer runs the batch
     */
    LineEnd run(JobRequest request, boolean mayExist, BooleanSupplier draining) throws InterruptedException {
        try (PendingReply pending = replies.expect(request.id())) {
            boolean unknown = mayExist;
            while (true) {
                boolean open = false;
                if (unknown) {
                    StoreAnswer answer = find(request);
                    Optional<LineEnd> end = end(answer);
                    if (end.isPresent()) {
                        return end.get();
                    }
                    open = answer instanceof StoreAnswer.Found;
                }
                if (!open && draining.getAsBoolean()) {
                    return new LineEnd.NotRun();
                }
                if (open || publisher.publish(request) instanceof JobPublisher.Outcome.Acknowledged) {
                    return await(request, pending, draining);
                }
                // Kafka may have it all the same.
                unknown = true;
                pause.rest(ASK_AGAIN);
            }
        }
    }

    private StoreAnswer find(JobRequest request) throws InterruptedException {
        while (true) {
            StoreAnswer answer = store.find(request.id(), Duration.ZERO);
            if (!(answer instanceof StoreAnswer.Unknown)) {
                return answer;
            }
            pause.rest(ASK_AGAIN);
        }
    }

    private static Optional<LineEnd> end(StoreAnswer answer) {
        return switch (answer) {
            case StoreAnswer.Found(byte[] document) ->
                JobDocument.read(document).flatMap(Reply::of).map(LineEnd.Answered::new);
            case StoreAnswer.Gone _ -> Optional.of(new LineEnd.Lost());
            case StoreAnswer.NotFound _, StoreAnswer.Unknown _ -> Optional.empty();
        };
    }

    private LineEnd await(JobRequest request, PendingReply pending, BooleanSupplier draining)
            throws InterruptedException {
        while (true) {
            boolean stopping = draining.getAsBoolean();
            if (stopping) {
                // What Kafka does not confirm is asked for again below.
                CancelPublisher.Outcome _ = cancels.publish(cancelRequest(request));
            }
            WaitOutcome outcome = replyWait.await(
                    pending,
                    clock.instant().plus(stopping ? CANCEL_WAIT : WAIT),
                    () -> stopping || !draining.getAsBoolean());
            switch (outcome) {
                case WaitOutcome.Replied(Reply reply) -> {
                    return new LineEnd.Answered(reply);
                }
                case WaitOutcome.ResultExpired() -> {
                    return new LineEnd.Lost();
                }
                case WaitOutcome.Interrupted() -> throw new InterruptedException("this gateway stops");
                case WaitOutcome.TimePassed(), WaitOutcome.CallerLeft() -> {
                    // On with it.
                }
            }
        }
    }

    private JobEvent cancelRequest(JobRequest request) {
        return new JobEvent(
                request.id(),
                JobEvent.Kind.CANCEL_REQUESTED,
                request.tenant(),
                request.correlation(),
                request.requestId(),
                clock.instant(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
