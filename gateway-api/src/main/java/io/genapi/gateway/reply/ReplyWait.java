package io.genapi.gateway.reply;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.PendingReply.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Waits for one job's end: for its record, and, where that may have gone to another gateway, at the store. As a safety
 * net the store is asked now and then in any case. Thread-safe.
 */
public final class ReplyWait {

    /** One question at the store is held back for at most this long, so that a record that comes after all is seen. */
    private static final Duration LONG_POLL = Duration.ofSeconds(5);

    /** Between two looks whether the caller is still there. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Between two questions at the store, whatever it answers. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    private final JobStore store;
    private final Duration safetyNet;
    private final InstantSource clock;

    /** @param safetyNet how long a wait trusts the record to come before it asks the store whether the job has ended */
    public ReplyWait(JobStore store, Duration safetyNet, InstantSource clock) {
        this.store = store;
        this.safetyNet = safetyNet;
        this.clock = clock;
    }

    /**
     * Waits on, where a wait for the same reply has ended before.
     *
     * @param until when the caller's time is over
     * @param isThere whether the caller still waits
     */
    public WaitOutcome await(PendingReply pending, Instant until, BooleanSupplier isThere) throws InterruptedException {
        boolean moved = pending.hasMoved();
        Duration quiet = Duration.ZERO;
        while (true) {
            Duration left = Duration.between(clock.instant(), until);
            Duration untilQuestion = (moved ? BETWEEN_QUESTIONS : safetyNet).minus(quiet);
            Duration slice = shorter(notNegative(left), shorter(notNegative(untilQuestion), LOOK));
            switch (pending.next(slice).orElse(null)) {
                case Signal.Arrived(Reply reply) -> {
                    return new WaitOutcome.Replied(reply);
                }
                case Signal.Stopping() -> {
                    return new WaitOutcome.Interrupted();
                }
                case Signal.Moved() -> moved = true;
                case null -> {
                    if (!clock.instant().isBefore(until)) {
                        return new WaitOutcome.TimePassed();
                    }
                    if (!isThere.getAsBoolean()) {
                        return new WaitOutcome.CallerLeft();
                    }
                    quiet = quiet.plus(slice);
                    if (quiet.compareTo(moved ? BETWEEN_QUESTIONS : safetyNet) < 0) {
                        continue;
                    }
                    quiet = Duration.ZERO;
                    Duration hold =
                            moved ? shorter(Duration.between(clock.instant(), until), LONG_POLL) : Duration.ZERO;
                    Optional<WaitOutcome> end = ask(pending, hold);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
        }
    }

    private Optional<WaitOutcome> ask(PendingReply pending, Duration hold) {
        return switch (store.find(pending.id(), hold)) {
            case StoreAnswer.Found(byte[] document) ->
                JobDocument.read(document).flatMap(Reply::of).map(WaitOutcome.Replied::new);
            case StoreAnswer.Gone _ -> Optional.of(new WaitOutcome.ResultExpired());
            // Kafka has the job, so a store that does not is behind.
            case StoreAnswer.NotFound _, StoreAnswer.Unknown _ -> Optional.empty();
        };
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
