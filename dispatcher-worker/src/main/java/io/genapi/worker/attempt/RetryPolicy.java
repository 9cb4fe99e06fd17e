package io.genapi.worker.attempt;

import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.attempt.RetryDecision.Park;
import io.genapi.worker.attempt.RetryDecision.RetryAfter;
import io.genapi.worker.attempt.RetryDecision.TryNext;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Retries what is safe and useful to retry: with another candidate at once, with one that failed after exponential
 * back-off and <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">full jitter</a>. What
 * a vendor asks for is the least pause, and a long one is not waited for in place. Pure but for the dice; thread-safe if
 * they are.
 */
public final class RetryPolicy {

    static final Duration BASE = Duration.ofMillis(250);

    /** Beyond this the back-off is at its cap, and shifting further would overflow. */
    private static final int MAX_DOUBLINGS = 16;

    private final int maxAttempts;
    private final Duration parkAfter;
    private final boolean restartStreams;
    private final RandomGenerator random;

    /**
     * @param maxAttempts vendor calls of one job that it may use up, at least 1
     * @param parkAfter the longest pause in place; the cap of the back-off too
     * @param restartStreams whether an answer that breaks off is asked for anew though some of it was published
     */
    public RetryPolicy(int maxAttempts, Duration parkAfter, boolean restartStreams, RandomGenerator random) {
        this.maxAttempts = maxAttempts;
        this.parkAfter = parkAfter;
        this.restartStreams = restartStreams;
        this.random = random;
    }

    /** @param history with at least one attempt since the job was last parked */
    public RetryDecision decide(History history, Prospect prospect, Instant now, Instant deadline) {
        return switch (history.since().getLast().outcome()) {
            case Completed(var completion) -> new Done(completion);
            case Failed failure -> afterFailure(history, failure, prospect, now, deadline);
        };
    }

    private RetryDecision afterFailure(
            History history, Failed failure, Prospect prospect, Instant now, Instant deadline) {
        if (!isRetryable(failure, prospect)) {
            return new GiveUp(failure);
        }
        if (!now.isBefore(deadline)) {
            return new Expire();
        }
        if (history.publishedLast().isPresent() && !restartStreams) {
            return new GiveUp(failure);
        }
        if (history.countedAttempts() >= maxAttempts) {
            return prospect.servedOthers() || failure instanceof Unprepared
                    ? new GiveUp(failure)
                    : parkForTrouble(failure, now, deadline);
        }
        if (prospect.untriedAdmitted()) {
            return new TryNext(failure);
        }
        return prospect.nextCall()
                .map(nextCall -> {
                    Duration pause = longer(pause(history.since().size(), failure), Duration.between(now, nextCall));
                    return waitOrPark(pause, failure, now, deadline);
                })
                .orElseGet(() -> waitOrPark(Duration.between(now, deadline), failure, now, deadline));
    }

    private RetryDecision waitOrPark(Duration pause, Failed failure, Instant now, Instant deadline) {
        Duration inPlace = shorter(pause, Duration.between(now, deadline));
        return inPlace.compareTo(parkAfter) <= 0 ? new RetryAfter(inPlace, failure) : new Park(failure, false);
    }

    /** Nobody was served while this job tried in vain: it is the vendor, though too few calls were made to tell. */
    private RetryDecision parkForTrouble(Failed failure, Instant now, Instant deadline) {
        Duration left = Duration.between(now, deadline);
        return left.compareTo(parkAfter) <= 0 ? new RetryAfter(left, failure) : new Park(failure, true);
    }

    /**
     * What a job does for which no candidate may be called now.
     *
     * @param anyWorks whether one of them takes calls at all, only not one more
     * @param waited in place since its last attempt
     * @param left until its deadline
     * @return how long to wait in place before looking again; empty if it is to be parked
     */
    public Optional<Duration> withoutRoom(History history, boolean anyWorks, Duration waited, Duration left) {
        if (left.compareTo(parkAfter) <= 0) {
            return Optional.of(left);
        }
        // What was parked is back because there was room a moment ago: others were a bit faster.
        return history.isResumed() && anyWorks && waited.compareTo(parkAfter) < 0
                ? Optional.of(BASE.plus(jittered(BASE)))
                : Optional.empty();
    }

    private Duration pause(int attempts, Failed failure) {
        Optional<Duration> asked = failure instanceof Refused refused ? refused.retryAfter() : Optional.empty();
        if (asked.isEmpty()) {
            return jittered(shorter(BASE.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS)), parkAfter));
        }
        // Those who were all sent away until the same moment must not come back at the same moment.
        Duration pause = asked.get().plus(jittered(BASE));
        return rests(failure) ? pause : shorter(pause, parkAfter);
    }

    /** Whether the vendor as a whole is left alone for the time that it names, so that it need not be waited for. */
    private static boolean rests(Failed failure) {
        return !(failure instanceof Refused refused && refused.status() == 409);
    }

    private Duration jittered(Duration longest) {
        return Duration.ofNanos((long) (random.nextDouble() * longest.toNanos()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean isRetryable(Failed failure, Prospect prospect) {
        return switch (failure) {
            case Impossible _ -> prospect.othersLeft();
            case Refused refused -> isRetryable(refused.status());
            case Unreachable _, TimedOut _, Broken _, Unprepared _ -> true;
            case Unusable _ -> false;
        };
    }

    private static boolean isRetryable(int status) {
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }
}
