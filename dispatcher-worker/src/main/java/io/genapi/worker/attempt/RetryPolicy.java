package io.genapi.worker.attempt;

import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Failed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Retries what is safe and useful to retry, with exponential back-off and
 * <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">full jitter</a>. What a vendor asks
 * for is the least pause. Pure but for the dice; thread-safe if they are.
 */
public final class RetryPolicy {

    static final Duration BASE = Duration.ofMillis(250);
    static final Duration CAP = Duration.ofSeconds(20);

    /** Beyond this the back-off is at its cap, and shifting further would overflow. */
    private static final int MAX_DOUBLINGS = 16;

    private final int maxAttempts;
    private final RandomGenerator random;

    /** @param maxAttempts vendor calls of one job, at least 1 */
    public RetryPolicy(int maxAttempts, RandomGenerator random) {
        this.maxAttempts = maxAttempts;
        this.random = random;
    }

    /** @param history the attempts made, the latest last; not empty */
    public RetryDecision decide(List<Attempt> history, Instant now, Instant deadline) {
        return switch (history.getLast().outcome()) {
            case Completed(var completion) -> new Done(completion);
            case Failed failure -> afterFailure(history.size(), failure, now, deadline);
        };
    }

    private RetryDecision afterFailure(int attempts, Failed failure, Instant now, Instant deadline) {
        if (!isRetryable(failure)) {
            return new GiveUp(failure);
        }
        if (!now.isBefore(deadline)) {
            return new Expire();
        }
        Duration pause = pause(attempts, failure);
        return attempts >= maxAttempts || !now.plus(pause).isBefore(deadline)
                ? new GiveUp(failure)
                : new RetryDecision.RetryAfter(pause, failure);
    }

    private Duration pause(int attempts, Failed failure) {
        Duration backOff = BASE.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        Optional<Duration> asked = failure instanceof Refused refused ? refused.retryAfter() : Optional.empty();
        // Those who were all sent away until the same moment must not come back at the same moment.
        return asked.map(least -> least.plus(jittered(BASE)))
                .orElseGet(() -> jittered(backOff.compareTo(CAP) < 0 ? backOff : CAP));
    }

    private Duration jittered(Duration longest) {
        return Duration.ofNanos((long) (random.nextDouble() * longest.toNanos()));
    }

    private static boolean isRetryable(Failed failure) {
        return switch (failure) {
            case Refused refused -> isRetryable(refused.status());
            case Unreachable _, TimedOut _, Broken _ -> true;
            case Unusable _ -> false;
        };
    }

    private static boolean isRetryable(int status) {
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }
}
