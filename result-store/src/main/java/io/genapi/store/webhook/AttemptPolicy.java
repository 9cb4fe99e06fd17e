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
    private static final Set<String> OWN_FAULTS = Set.of("not_sent", "secret_unreadable", "no_connection");
    /** An answer that takes so long holds a connection that others could have. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    /**
     * @param made attempts of this event at this endpoint since it was to be told of it, this one included
     * @param health of the endpoint before
     */
    public AttemptDecision decide(
            DeliveryAttempt attempt, int made, EndpointHealth health, Instant now, RandomGenerator random) {
        return switch (attempt.outcome()) {
            // Whoever sends may not know yet of an endpoint that is new, or is enabled again.
            case Withheld _ -> again(Optional.empty(), made, now, random);
            case Answered answer when isSuccess(answer) -> new AttemptDecision.Delivered();
            case Answered answer when answer.status() == GONE -> new AttemptDecision.Disable("answered 410 Gone");
            case Answered answer -> failed(answer.retryAfter(), made, health, now, random);
            case Unanswered(String code, String _)
            when OWN_FAULTS.contains(code) -> again(Optional.empty(), made, now, random);
            case Unanswered _ -> failed(Optional.empty(), made, health, now, random);
        };
    }

    /**
     * The same for an attempt that was made before the endpoint was enabled last. It may have gone to a former address, so it
     * says nothing of the endpoint as it is, and a success does not say that it has the event.
     */
    public AttemptDecision decideOfFormer(DeliveryAttempt attempt, int made, Instant now, RandomGenerator random) {
        return attempt.outcome() instanceof Answered answer && isSuccess(answer)
                ? new AttemptDecision.RetryAt(now)
                : again(Optional.empty(), made, now, random);
    }

    private AttemptDecision failed(
            Optional<Duration> retryAfter, int made, EndpointHealth health, Instant now, RandomGenerator random) {
        Optional<Instant> hopeless =
                health.failingSince().filter(since -> !since.plus(disableAfter).isAfter(now));
        if (hopeless.isPresent()) {
            return new AttemptDecision.Disable("every attempt since " + hopeless.get() + " has failed");
        }
        return again(retryAfter, made, now, random);
    }

    private AttemptDecision again(Optional<Duration> retryAfter, int made, Instant now, RandomGenerator random) {
        return schedule.gapAfter(made, random)
                .<AttemptDecision>map(gap -> new AttemptDecision.RetryAt(now.plus(longer(gap, retryAfter))))
                .orElseGet(() -> new AttemptDecision.GiveUp("attempts_exhausted"));
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
