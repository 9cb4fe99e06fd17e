package io.genapi.gateway.submit;

import io.genapi.gateway.job.Originals;
import io.genapi.gateway.job.Originals.Answer;
import io.genapi.gateway.job.Pause;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes one job of all requests of an idempotency key. Several gateways may publish theirs at once; the store tells which
 * was the first, and workers run that one alone. Thread-safe.
 */
final class KeyedJobs {

    private static final Duration FIRST_REST = Duration.ofMillis(5);
    private static final Duration LONGEST_REST = Duration.ofMillis(250);

    private final Originals originals;
    private final JobPublisher publisher;
    private final Duration patience;
    private final InstantSource clock;
    private final Pause pause;

    /** @param patience with a store that cannot tell */
    KeyedJobs(Originals originals, JobPublisher publisher, Duration patience, InstantSource clock, Pause pause) {
        this.originals = originals;
        this.publisher = publisher;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * @param request whose id is its key's
     * @param admission asked if there is no job of that key yet
     */
    Taking take(JobRequest request, Admission admission) throws InterruptedException {
        BodyDigest digest = request.digest();
        return switch (ask(request.id(), false)) {
            case Answer.Known(BodyDigest original) ->
                original.equals(digest) ? new Taking.Attached() : new Taking.OtherBody();
            case Answer.Unknown(String reason) -> new Taking.Undecided(reason, false);
            case Answer.NoneYet() -> admission.admits() ? publish(request, digest) : new Taking.NotAdmitted();
        };
    }

    private Taking publish(JobRequest request, BodyDigest digest) throws InterruptedException {
        if (publisher.publish(request) instanceof JobPublisher.Outcome.Unconfirmed(String reason)) {
            return new Taking.Unconfirmed(reason);
        }
        return switch (ask(request.id(), true)) {
            case Answer.Known(BodyDigest original) ->
                original.equals(digest) ? new Taking.Taken() : new Taking.OtherBody();
            case Answer.Unknown(String reason) -> new Taking.Undecided(reason, true);
            case Answer.NoneYet() -> new Taking.Undecided("the result store is behind", true);
        };
    }

    /** @param published whether there is a request in Kafka, so that none is what a store says that is behind */
    private Answer ask(JobId id, boolean published) throws InterruptedException {
        Instant giveUp = clock.instant().plus(patience);
        Duration rest = FIRST_REST;
        while (true) {
            Answer answer = originals.find(id);
            boolean settled = switch (answer) {
                case Answer.Known _ -> true;
                case Answer.NoneYet() -> !published;
                case Answer.Unknown _ -> false;
            };
            if (settled || !clock.instant().plus(rest).isBefore(giveUp)) {
                return answer;
            }
            pause.rest(rest);
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
        }
    }
}
