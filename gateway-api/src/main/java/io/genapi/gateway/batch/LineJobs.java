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
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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

    /** Of requests that may come to as much as a request may be, however short their lines are. */
    private static final int REACHING_BACK_AT_ONCE = 16;

    private final Semaphore reachingBack = new Semaphore(REACHING_BACK_AT_ONCE, true);
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

    /** What a request waits for before its job is made. */
    interface Turn {

        /** False where it is not to be made any more. */
        boolean come() throws InterruptedException;
    }

    /**
     * Returns when the request has ended. Its body is dropped as soon as Kafka has it.
     *
     * @param mayExist whether somebody may have submitted it before
     * @param turn asked for each time before it is submitted, and only then
     * @param draining whether it is not to be begun, and to be stopped where it has
     * @throws InterruptedException if this gateway no longer runs the batch
     */
    LineEnd run(OpenLine line, boolean mayExist, Turn turn, BooleanSupplier draining) throws InterruptedException {
        try (PendingReply pending = replies.expect(line.job())) {
            boolean unknown = mayExist;
            while (true) {
                boolean open = false;
                if (unknown) {
                    StoreAnswer answer = find(line.job());
                    Optional<LineEnd> end = end(answer);
                    if (end.isPresent()) {
                        return end.get();
                    }
                    open = answer instanceof StoreAnswer.Found;
                }
                if (!open && (draining.getAsBoolean() || !turn.come())) {
                    return new LineEnd.NotRun();
                }
                switch (open ? new Handing.Taken() : handInTurn(line, draining)) {
                    case Handing.Taken() -> {
                        line.dropBody();
                        return await(line, pending, draining);
                    }
                    case Handing.Refused(ApiError error) -> {
                        return new LineEnd.Refused(error);
                    }
                    case Handing.Unconfirmed() -> {
                        unknown = true;
                        pause.rest(ASK_AGAIN);
                    }
                    case Handing.Untold() -> pause.rest(ASK_AGAIN);
                    case Handing.TooLate() -> {
                        // Looked at above.
                    }
                }
            }
        }
    }

    /** What came of handing a request to Kafka. */
    private sealed interface Handing {

        /** It is durable. */
        record Taken() implements Handing {}

        /** There will be no job. */
        record Refused(ApiError error) implements Handing {}

        /** Kafka may have it all the same. */
        record Unconfirmed() implements Handing {}

        /** It cannot be told yet what it comes to. */
        record Untold() implements Handing {}

        /** Meanwhile nothing is to be begun any more. */
        record TooLate() implements Handing {}
    }

    private Handing handInTurn(OpenLine line, BooleanSupplier draining) throws InterruptedException {
        if (!line.reachesBack()) {
            return hand(line, draining);
        }
        reachingBack.acquire();
        try {
            return draining.getAsBoolean() ? new Handing.TooLate() : hand(line, draining);
        } finally {
            reachingBack.release();
        }
    }

    private Handing hand(OpenLine line, BooleanSupplier draining) throws InterruptedException {
        return switch (line.read()) {
            case LineForm.Reading.Valid content ->
                draining.getAsBoolean() ? new Handing.TooLate() : publish(line, content);
            case LineForm.Reading.Refused(ApiError error) -> new Handing.Refused(error);
            case LineForm.Reading.Unknown(var _) -> new Handing.Untold();
        };
    }

    private Handing publish(OpenLine line, LineForm.Reading.Valid content) throws InterruptedException {
        Instant now = clock.instant();
        return switch (publisher.publish(line.request(content, now))) {
            case JobPublisher.Outcome.Acknowledged() -> {
                line.handedOver(content, now);
                yield new Handing.Taken();
            }
            case JobPublisher.Outcome.Unconfirmed(var _) -> new Handing.Unconfirmed();
        };
    }

    private StoreAnswer find(JobId job) throws InterruptedException {
        while (true) {
            StoreAnswer answer = store.find(job, Duration.ZERO);
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

    private LineEnd await(OpenLine line, PendingReply pending, BooleanSupplier draining) throws InterruptedException {
        while (true) {
            boolean stopping = draining.getAsBoolean();
            if (stopping) {
                // What Kafka does not confirm is asked for again below.
                CancelPublisher.Outcome _ = cancels.publish(line.cancelRequest(clock.instant()));
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
                case WaitOutcome.TimePassed() -> {
                    // A wait that is shorter than the gateway's safety net has none.
                    Optional<LineEnd> end = end(store.find(line.job(), Duration.ZERO));
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
                case WaitOutcome.CallerLeft() -> {
                    // On with it.
                }
            }
        }
    }
}
