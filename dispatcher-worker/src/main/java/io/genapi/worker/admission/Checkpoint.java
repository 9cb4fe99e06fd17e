package io.genapi.worker.admission;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.schemas.job.Usage;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Lets calls to one destination through. Thread-safe. */
final class Checkpoint {

    private final Destination destination;
    private final Breaker breaker;
    private final Allowance allowance;

    /** By the limits that the vendor tells, which are each model's own. */
    private final Pace pace;

    private final AdmissionRules rules;
    private final AdmissionNews news;
    private final InstantSource clock;

    /** What it takes after an outage; the account's own limit comes on top. */
    private CallLimit limit;

    private Instant lastServedStart = Instant.MIN;

    /** Calls of {@link #generation}: what hangs since before an outage must not take the room of what comes after. */
    private int running;

    private int generation;
    private boolean down;

    Checkpoint(
            Destination destination,
            Breaker breaker,
            Allowance allowance,
            Pace pace,
            AdmissionRules rules,
            AdmissionNews news,
            InstantSource clock) {
        this.destination = destination;
        this.breaker = breaker;
        this.allowance = allowance;
        this.pace = pace;
        this.rules = rules;
        this.news = news;
        this.clock = clock;
        limit = CallLimit.of(rules.mostCalls(), rules.mostCalls());
    }

    /** What the vendor says of its limits. */
    synchronized void told(RateLimits limits) {
        pace.limit(limits);
    }

    synchronized Optional<Permit> admit() {
        if (room() > 0 && allowance.admit()) {
            var admitted = breaker.admit();
            look();
            if (admitted.isPresent()) {
                running++;
                pace.started();
                return Optional.of(new Call(admitted.getAsInt(), clock.instant()));
            }
            allowance.over(1);
        }
        news.refused(destination);
        return Optional.empty();
    }

    synchronized int room() {
        int open = breaker.room();
        look();
        int own = Math.min(Math.min(open, limit.whole() - running), pace.room());
        return Math.max(0, Math.min(own, allowance.room()));
    }

    synchronized Standing standing() {
        int room = room();
        Instant allowed = later(pace.nextCall(), allowance.nextCall());
        Instant reopens = breaker.state() == Breaker.State.CLOSED ? Instant.MIN : breaker.nextTry();
        return new Standing(
                breaker.state(),
                room,
                Math.min(limit.whole(), allowance.limit()),
                running,
                allowance.restsUntil(),
                later(reopens, allowed));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** When the latest started of the calls that it served began. */
    synchronized Instant lastServedStart() {
        return lastServedStart;
    }

    synchronized void suspend() {
        breaker.open();
        look();
    }

    private synchronized boolean ended(Call call, VendorOutcome outcome, Duration took, boolean cutShort) {
        CallVerdict verdict = CallVerdict.of(outcome, cutShort);
        boolean current = call.generation == generation;
        switch (verdict) {
            case SERVED, ANSWERED -> {
                if (verdict == CallVerdict.SERVED && call.startedAt.isAfter(lastServedStart)) {
                    lastServedStart = call.startedAt;
                }
                if (current) {
                    limit = limit.answered(rules.mostCalls());
                    allowance.answered();
                }
                breaker.answered(call.generation, took);
            }
            case THROTTLED -> {
                if (current) {
                    allowance.throttled(call.startedAt);
                }
                breaker.released(call.generation);
            }
            case FAILED -> breaker.failed(call.generation, took);
            case SILENT -> breaker.released(call.generation);
        }
        long tokens = tokens(outcome);
        pace.took(tokens);
        allowance.took(tokens);
        verdict.rest(outcome, rules.restAfter429()).ifPresent(this::rest);
        over(current);
        return breaker.state() != Breaker.State.CLOSED;
    }

    private static long tokens(VendorOutcome outcome) {
        return outcome instanceof VendorOutcome.Completed completed
                ? completed.completion().usage().map(Usage::totalTokens).orElse(0L)
                : 0;
    }

    private synchronized void abandoned(Call call) {
        breaker.released(call.generation);
        over(call.generation == generation);
    }

    private void over(boolean current) {
        if (current) {
            running--;
            allowance.over(1);
        }
        look();
    }

    private void rest(Duration duration) {
        if (allowance.rest(duration)) {
            news.rests(destination.account(), allowance.restsUntil());
        }
    }

    /** Follows the breaker's changes. */
    private void look() {
        if (breaker.generation() == generation) {
            return;
        }
        generation = breaker.generation();
        allowance.over(running);
        running = 0;
        boolean closed = breaker.state() == Breaker.State.CLOSED;
        if (closed && down) {
            limit = CallLimit.of(Math.min(rules.probes(), rules.mostCalls()), rules.mostCalls());
            news.recovered(destination);
        } else if (!closed && !down) {
            news.down(destination);
        }
        down = !closed;
    }

    private final class Call implements Permit {

        private final int generation;
        private final Instant startedAt;

        private Call(int generation, Instant startedAt) {
            this.generation = generation;
            this.startedAt = startedAt;
        }

        @Override
        public boolean ended(VendorOutcome outcome, Duration took, boolean cutShort) {
            return Checkpoint.this.ended(this, outcome, took, cutShort);
        }

        @Override
        public void abandoned() {
            Checkpoint.this.abandoned(this);
        }
    }
}
