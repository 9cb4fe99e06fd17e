package io.genapi.inflight.run;

import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs records to their end on the calling thread: attempts with back-off, then the last resort for as long as it
 * takes. Thread-safe.
 *
 * @param <R> the record
 */
public final class Attempts<R> {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final LastResort<R> lastResort;
    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final BooleanSupplier stopping;

    /** @param stopping whether failures and interrupts may come from the process being stopped */
    public Attempts(
            LastResort<R> lastResort,
            RetryPolicy policy,
            Sleeper sleeper,
            RandomGenerator random,
            BooleanSupplier stopping) {
        this.lastResort = lastResort;
        this.policy = policy;
        this.sleeper = sleeper;
        this.random = random;
        this.stopping = stopping;
    }

    /** Never throws. */
    public Outcome run(R record, Work<R> work) {
        Throwable earlier = null;
        for (int failures = 1; ; failures++) {
            Throwable failure;
            try {
                return outcome(work.accept(record));
            } catch (Throwable thrown) {
                failure = thrown;
            }
            // A call that is cut off when the process stops has not failed, and must not become poison.
            if (stopping.getAsBoolean()) {
                return new Outcome.Abandoned();
            }
            if (earlier != null && !earlier.equals(failure)) {
                failure.addSuppressed(earlier);
            }
            earlier = failure;
            switch (policy.afterFailure(failures, random.nextDouble())) {
                case RetryDecision.GiveUp() -> {
                    return poison(record, failure);
                }
                case RetryDecision.RetryAfter(var delay) -> {
                    log.debug("attempt {} failed, next one in {}", failures, delay, failure);
                    if (attempt(() -> sleeper.sleep(delay)) != null && stopping.getAsBoolean()) {
                        return new Outcome.Abandoned();
                    }
                }
            }
        }
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Done _ -> new Outcome.Finished();
            case Verdict.Later(var delay) -> new Outcome.SetAside(delay);
        };
    }

    /** Never throws. */
    public Outcome poison(R record, Throwable cause) {
        for (int failures = 1; ; failures++) {
            Throwable failure = attempt(() -> lastResort.accept(record, cause));
            if (failure == null) {
                return new Outcome.Poisoned();
            }
            if (stopping.getAsBoolean()) {
                return new Outcome.Abandoned();
            }
            var delay = policy.delay(failures, random.nextDouble());
            log.warn("the poison handler failed {} times in a row, next call in {}", failures, delay, failure);
            if (attempt(() -> sleeper.sleep(delay)) != null && stopping.getAsBoolean()) {
                return new Outcome.Abandoned();
            }
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Errors too: a record that overflows the stack must not take its neighbours with it. */
    private static @org.jspecify.annotations.Nullable Throwable attempt(Step step) {
        try {
            step.take();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }
}
