package io.genapi.worker.admission;

import io.genapi.runtime.catalog.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/** What one account allows: how many calls at once and in a minute, and none while it rests. Thread-safe. */
final class Allowance {

    /** Then a worker asks for itself, and tells the others if it is so. */
    private static final Duration LONGEST_HEARD = Duration.ofMinutes(1);

    private final AdmissionRules rules;
    private final InstantSource clock;
    private final Pace pace;
    private CallLimit limit;
    private Instant restsUntil = Instant.MIN;
    private int running;

    Allowance(AdmissionRules rules, IntSupplier workers, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        pace = new Pace(workers, clock);
        limit = CallLimit.of(rules.mostCalls(), rules.mostCalls(), clock.instant());
    }

    /** What the operator says of the account's limits. */
    synchronized void declare(RateLimits limits) {
        pace.limit(limits);
    }

    /** What the vendor said of rests was said to somebody else. */
    synchronized void renew() {
        restsUntil = Instant.MIN;
    }

    /** A call starts, if it may. */
    synchronized boolean admit() {
        if (room() <= 0) {
            return false;
        }
        running++;
        pace.started();
        return true;
    }

    synchronized int room() {
        Instant now = clock.instant();
        if (now.isBefore(restsUntil)) {
            return 0;
        }
        limit = limit.at(now, running);
        return Math.max(0, Math.min(limit.whole() - running, pace.room()));
    }

    synchronized int limit() {
        return limit.whole();
    }

    /** The time that it named; in the past if it does not rest. */
    synchronized Instant restsUntil() {
        return restsUntil;
    }

    /** When its rest and its pace let a call start; in the past if that is now. */
    synchronized Instant nextCall() {
        Instant paced = pace.nextCall();
        return paced.isAfter(restsUntil) ? paced : restsUntil;
    }

    /** A call took that many tokens. */
    synchronized void took(long tokens) {
        pace.took(tokens);
    }

    synchronized void answered(Instant callStartedAt) {
        limit = limit.answered(callStartedAt, clock.instant(), rules.mostCalls());
    }

    synchronized void throttled(Instant callStartedAt) {
        limit = limit.throttled(callStartedAt, clock.instant(), running);
    }

    /** That many calls are over, or nobody waits for them any more. */
    synchronized void over(int calls) {
        running -= calls;
    }

    /** Another worker was told to rest until then. */
    synchronized void heard(Instant until) {
        Instant longest = clock.instant().plus(LONGEST_HEARD);
        Instant believed = until.isBefore(longest) ? until : longest;
        if (believed.isAfter(restsUntil)) {
            restsUntil = believed;
        }
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
