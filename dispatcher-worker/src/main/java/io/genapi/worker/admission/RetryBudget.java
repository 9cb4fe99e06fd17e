package io.genapi.worker.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps retries a part of a vendor's calls, so that they never become the outage
 * (<a href="https://finagle.github.io/blog/2016/02/08/retry-budgets/">Finagle's retry budgets</a>): each first call adds
 * a part of a retry, and a little is there for whoever calls rarely. Thread-safe.
 */
final class RetryBudget {

    /** Retries that may be saved up, so that a quiet hour pays for no storm. */
    private static final double MOST = 100;

    /** Retries that are there at first, and that time alone brings back, one a second. */
    private static final double RESERVE = 10;

    private final double part;
    private final InstantSource clock;
    private double balance = RESERVE;
    private Instant refilledAt;

    /** @param percent retries for a hundred first calls, 0 to 100; with 0 nothing but the reserve is left */
    RetryBudget(int percent, InstantSource clock) {
        part = percent / 100.0;
        this.clock = clock;
        refilledAt = clock.instant();
    }

    synchronized void called() {
        balance = Math.min(MOST, balance + part);
    }

    synchronized boolean mayRetry() {
        refill();
        return balance >= 1;
    }

    synchronized void retried() {
        balance--;
    }

    private void refill() {
        Instant now = clock.instant();
        if (balance < RESERVE) {
            double brought = Duration.between(refilledAt, now).toNanos() / 1e9;
            balance = Math.min(RESERVE, balance + Math.max(0, brought));
        }
        refilledAt = now;
    }
}
