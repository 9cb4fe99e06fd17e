package io.genapi.gateway.responses;

import io.genapi.gateway.cancel.CancelOutcome;
import io.genapi.gateway.cancel.Cancellations;
import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.Pause;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes responses, so that no gateway hands them out any longer; one that is not done is cancelled. Thread-safe. */
public final class Deletions {

    private static final Duration REST = Duration.ofMillis(20);

    private final JobLookup jobs;
    private final Cancellations cancellations;
    private final DeletionPublisher publisher;
    private final Duration patience;
    private final InstantSource clock;
    private final Pause pause;

    /** What came of it. */
    public sealed interface Outcome {

        /** Nobody gets it any longer. */
        record Deleted() implements Outcome {}

        /** Kafka did not confirm the wish. */
        record Unconfirmed(String reason) implements Outcome {}

        /** The wish is durable, but the store has not heard of it yet. */
        record Unheard() implements Outcome {}
    }

    /** @param patience with the store, until it has heard of a deletion */
    public Deletions(
            JobLookup jobs,
            Cancellations cancellations,
            DeletionPublisher publisher,
            Duration patience,
            InstantSource clock,
            Pause pause) {
        this.jobs = jobs;
        this.cancellations = cancellations;
        this.publisher = publisher;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    /** @param job how it stands */
    public Outcome delete(ResponseId id, JobDocument job, Optional<TenantId> viewer) throws InterruptedException {
        if (!job.status().isTerminal()) {
            switch (cancellations.cancel(id.job(), viewer)) {
                // Deleted, it could not be cancelled any more.
                case CancelOutcome.Unconfirmed(String reason) -> {
                    return new Outcome.Unconfirmed(reason);
                }
                case CancelOutcome.NotAsked(StoreAnswer.Unknown(String reason)) -> {
                    return new Outcome.Unconfirmed(reason);
                }
                case CancelOutcome.NotAsked _, CancelOutcome.Ended _, CancelOutcome.Requested _ -> {
                    // Its end may come after its deletion.
                }
            }
        }
        Instant now = clock.instant();
        JobEvent deletion = job.identity().news(id.job(), JobEvent.Kind.RESULT_DELETED, now);
        Optional<String> unconfirmed = publisher.delete(deletion);
        if (unconfirmed.isPresent()) {
            return new Outcome.Unconfirmed(unconfirmed.get());
        }
        Instant giveUp = now.plus(patience);
        while (isToldOf(jobs.find(id.job(), viewer, Duration.ZERO))) {
            if (!clock.instant().isBefore(giveUp)) {
                return new Outcome.Unheard();
            }
            pause.rest(REST);
        }
        return new Outcome.Deleted();
    }

    private static boolean isToldOf(StoreAnswer answer) {
        return switch (answer) {
            case StoreAnswer.Found _, StoreAnswer.Unknown _ -> true;
            case StoreAnswer.NotFound _, StoreAnswer.Gone _ -> false;
        };
    }
}
