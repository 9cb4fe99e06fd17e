package io.genapi.worker.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What one account allows: how many calls at once, and none while it rests. Thread-safe. */
final class Allowance {

    private final AdmissionRules rules;
    private final InstantSource clock;
    private CallLimit limit;
    private Instant restsUntil = Instant.MIN;
    private int running;

    Allowance(AdmissionRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        limit = CallLimit.of(rules.mostCalls(), rules.mostCalls());
    }

    /** A call starts, if it may. */
    synchronized boolean admit() {
        if (room() <= 0) {
            return false;
        }
        running++;
        return true;
    }

    synchronized int room() {
        return clock.instant().isBefore(restsUntil) ? 0 : Math.max(0, limit.whole() - running);
    }

    synchronized int limit() {
        return limit.whole();
    }

    /** The time that it named; in the past if it does not rest. */
    synchronized Instant restsUntil() {
        return restsUntil;
    }

    synchronized void answered() {
        limit = limit.answered(rules.mostCalls());
    }

    synchronized void throttled(Instant callStartedAt) {
        limit = limit.throttled(callStartedAt, clock.instant(), running);
    }

    /** That many calls are over, or nobody waits for them any more. */
    synchronized void over(int calls) {
        running -= calls;
    }

    /** Rests for that long at least; false if it was to rest as long anyway. */
    synchronized boolean rest(Duration duration) {
        Instant until = clock.instant().plus(duration);
        boolean longer = until.isAfter(restsUntil);
        if (longer) {
            restsUntil = until;
        }
        return longer;
    }
}
