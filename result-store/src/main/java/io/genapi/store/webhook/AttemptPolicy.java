package io.genapi.store.webhook;

import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What follows from an attempt.
 *
 * @param disableAfter an endpoint that has only failed for so long is told nothing any more
 */
public record AttemptPolicy(DeliverySchedule schedule, EndpointLimits limits, Duration disableAfter) {

    private static final int GONE = 410;
    private static final String TIMEOUT = "timeout";
    /** Why an attempt failed that says nothing of the endpoint. */
    private static final Set<String> OWN_FAULTS = Set.of("not_sent", "secret_unreadable", Unanswered.NO_CONNECTION);

    private static final String EXHAUSTED = "attempts_exhausted";

    /** What did not fail at the receiver is tried again after that, and not at once, so that nothing goes round in circles. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** An answer that takes so long holds a connection that others could have. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    /**
     * Where an event stands at an endpoint since it was to be told of it, or was asked for again.
     *
     * @param made attempts that count, with the one that has come back
     * @param since when that was
     */
    public record Round(int made, Instant since) {}

    /** @param health of the endpoint before */
    public AttemptDecision decide(
            DeliveryAttempt attempt, Round round, EndpointHealth health, Instant now, RandomGenerator random) {
        return switch (attempt.outcome()) {
            // Whoever sends may not know yet of an endpoint that is new, or is enabled again.
            case Withheld _ -> again(Optional.empty(), round, now, random);
            case Answered answer when isSuccess(answer) -> new AttemptDecision.Delivered();
            case Answered answer when answer.status() == GONE -> new AttemptDecision.Disable("answered 410 Gone");
            case Answered answer -> failed(answer.retryAfter(), round, health, now, random);
            case Unanswered _ when !counts(attempt) -> asSoonAsThereIsRoom(round, now, random);
            case Unanswered(String code, String _)
            when OWN_FAULTS.contains(code) -> again(Optional.empty(), round, now, random);
            case Unanswered _ -> failed(Optional.empty(), round, health, now, random);
        };
    }

    /**
     * The same for an attempt that knew the endpoint as its tenant had enabled it before. It may have gone to a former address,
     * so it says nothing of the endpoint as it is, and a success does not say that it has the event.
     */
    public AttemptDecision decideOfFormer(DeliveryAttempt attempt, Round round, Instant now, RandomGenerator random) {
        boolean isSuccess = attempt.outcome() instanceof Answered answer && isSuccess(answer);
        return isSuccess && schedule.gapAfter(round.made(), random).isPresent()
                ? new AttemptDecision.RetryAt(soon(now, random))
                : decideOfUnknown(attempt, round, now, random);
    }

    /**
     * The same for an attempt that knew the endpoint as its tenant has enabled it since. Nothing is known of that one here, so
     * how it does is told by later attempts.
     */
    public AttemptDecision decideOfLater(DeliveryAttempt attempt, Round round, Instant now, RandomGenerator random) {
        return attempt.outcome() instanceof Answered answer && isSuccess(answer)
                ? new AttemptDecision.Delivered()
                : decideOfUnknown(attempt, round, now, random);
    }

    private AttemptDecision decideOfUnknown(DeliveryAttempt attempt, Round round, Instant now, RandomGenerator random) {
        return counts(attempt) ? again(Optional.empty(), round, now, random) : asSoonAsThereIsRoom(round, now, random);
    }

    /** Whether an attempt is one of those that the schedule allows. For lack of room nothing was tried. */
    static boolean counts(DeliveryAttempt attempt) {
        return !(attempt.outcome() instanceof Unanswered(String code, String _)
                && code.equals(Unanswered.NO_CONNECTION));
    }

    private AttemptDecision asSoonAsThereIsRoom(Round round, Instant now, RandomGenerator random) {
        Instant at = soon(now, random);
        return at.isAfter(round.since().plus(schedule.horizon()))
                ? new AttemptDecision.GiveUp(EXHAUSTED)
                : new AttemptDecision.RetryAt(at);
    }

    private Instant soon(Instant now, RandomGenerator random) {
        return now.plus(schedule.varied(SOON, random));
    }

    private AttemptDecision failed(
            Optional<Duration> retryAfter, Round round, EndpointHealth health, Instant now, RandomGenerator random) {
        Optional<Instant> hopeless =
                health.failingSince().filter(since -> !since.plus(disableAfter).isAfter(now));
        if (hopeless.isPresent()) {
            return new AttemptDecision.Disable("every attempt since " + hopeless.get() + " has failed");
        }
        return again(retryAfter, round, now, random);
    }

    private AttemptDecision again(Optional<Duration> retryAfter, Round round, Instant now, RandomGenerator random) {
        return schedule.gapAfter(round.made(), random)
                .<AttemptDecision>map(gap -> new AttemptDecision.RetryAt(now.plus(longer(gap, retryAfter))))
                .orElseGet(() -> new AttemptDecision.GiveUp(EXHAUSTED));
    }

    private Duration longer(Duration gap, Optional<Duration> retryAfter) {
        return bounded(retryAfter).filter(asked -> asked.compareTo(gap) > 0).orElse(gap);
    }

    private Optional<Duration> bounded(Optional<Duration> asked) {
        return asked.map(span -> span.compareTo(schedule.longest()) > 0 ? schedule.longest() : span);
    }

    /** How the endpoint does after an attempt. */
    public EndpointHealth after(DeliveryAttempt attempt, EndpointHealth health, Instant now) {
        Instant begun = attempt.at().isAfter(now) ? now : attempt.at();
        boolean isSlow = attempt.latency().compareTo(SLOW) > 0;
        return switch (attempt.outcome()) {
            case Withheld _ -> health.returned();
            case Unanswered(String code, String _) when OWN_FAULTS.contains(code) -> health.returned();
            case Answered answer
            when isSuccess(answer) -> isSlow ? health.succeededSlowly(begun, now) : health.succeeded(limits);
            case Answered answer
            when isTooMuch(answer.status()) -> health.strained(begun, now, bounded(answer.retryAfter()), limits);
            case Unanswered(String code, String _)
            when code.equals(TIMEOUT) -> health.strained(begun, now, Optional.empty(), limits);
            case Answered _ when isSlow -> health.failed(begun).slowed(begun, now);
            case Answered _, Unanswered _ -> health.failed(begun);
        };
    }

    /** One word for what came of an attempt. */
    public static String outcomeOf(Outcome outcome) {
        return switch (outcome) {
            case Answered answer when isSuccess(answer) -> "delivered";
            case Answered _ -> "refused";
            case Unanswered _ -> "unanswered";
            case Withheld _ -> "withheld";
        };
    }

    private static boolean isSuccess(Answered answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    private static boolean isTooMuch(int status) {
        return status == 429 || status == 502 || status == 504;
    }
}
