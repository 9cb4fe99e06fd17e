package io.genapi.worker.admission;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Fails;
import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.schemas.control.Sighting.Rests;
import io.genapi.schemas.control.Sighting.Up;
import io.genapi.schemas.job.Usage;
import io.genapi.worker.admission.Hearsay.Told;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Lets calls to one destination through. Thread-safe. */
final class Checkpoint {

    /** Others learn of it when it is nearly over. */
    private static final Duration SHORT_REST = Duration.ofSeconds(1);

    private final Destination destination;
    private final Breaker breaker;
    private final Allowance allowance;

    /** By the limits that the vendor tells, which are each model's own. */
    private final Pace pace;

    private final AdmissionRules rules;
    private final AdmissionNews news;
    private final Colleagues colleagues;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** What it takes after an outage; the account's own limit comes on top. */
    private CallLimit limit;

    private Instant lastServedStart = Instant.MIN;
    private boolean everCalled;

    /** Calls of {@link #generation}: what hangs since before an outage must not take the room of what comes after. */
    private int running;

    private int generation;
    private boolean down;
    private Instant downSince = Instant.MIN;

    /** Between tries, as it was planned last. */
    private Duration wait = Duration.ZERO;

    private Experience own = Experience.NONE;
    private Hearsay hearsay = Hearsay.NONE;

    /** Workers whose try in vain stood for one of this worker since its own last one; each of them does once. */
    private final Set<String> triedForThis = new HashSet<>();

    Checkpoint(
            Destination destination,
            Breaker breaker,
            Allowance allowance,
            Pace pace,
            AdmissionRules rules,
            AdmissionNews news,
            Colleagues colleagues,
            InstantSource clock,
            RandomGenerator random) {
        this.destination = destination;
        this.breaker = breaker;
        this.allowance = allowance;
        this.pace = pace;
        this.rules = rules;
        this.news = news;
        this.colleagues = colleagues;
        this.clock = clock;
        this.random = random;
        limit = CallLimit.of(rules.mostCalls(), rules.mostCalls(), clock.instant());
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
                everCalled = true;
                pace.started();
                return Optional.of(new Call(admitted.getAsInt(), clock.instant()));
            }
            allowance.over(1);
        }
        news.refused(destination);
        return Optional.empty();
    }

    synchronized int room() {
        heed();
        int open = breaker.room();
        look();
        limit = limit.at(clock.instant(), running);
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

    /** Whether a call was ever let through. */
    synchronized boolean wasEverCalled() {
        return everCalled;
    }

    /** When the latest started of the calls that it served began. */
    synchronized Instant lastServedStart() {
        return lastServedStart;
    }

    synchronized void suspend() {
        breaker.open();
        look();
    }

    /** What others say of who was there before counts no longer. */
    synchronized void forget() {
        hearsay = Hearsay.NONE;
    }

    /** Another worker says that it fails or is down. */
    synchronized void heardTrouble(String worker, Told told) {
        hearsay = hearsay.trouble(worker, told);
        if (breaker.state() == Breaker.State.OPEN && told.isOfATry() && triedForThis.add(worker)) {
            breaker.tryAt(later(breaker.nextTry(), told.afterwards(random.nextDouble())));
        }
        heed();
    }

    /** Another worker says that it works again. */
    synchronized void heardUp(Instant at) {
        hearsay = hearsay.up(at);
        breaker.tryNow();
        if (breaker.generation() != generation) {
            changed();
        }
    }

    /** Shuts on the word of others, where that is worth it. */
    private void heed() {
        if (breaker.state() == Breaker.State.CLOSED) {
            hearsay.shuts(own, colleagues::workers, clock.instant()).ifPresent(told -> {
                breaker.open();
                breaker.tryAt(told.afterwards(random.nextDouble()));
                changed();
            });
        }
    }

    private synchronized boolean ended(Call call, VendorOutcome outcome, Duration took) {
        CallVerdict verdict = CallVerdict.of(outcome);
        boolean current = call.generation == generation;
        switch (verdict) {
            case SERVED, ANSWERED -> {
                own = own.answered(call.startedAt, clock.instant());
                if (verdict == CallVerdict.SERVED && call.startedAt.isAfter(lastServedStart)) {
                    lastServedStart = call.startedAt;
                }
                if (current) {
                    limit = limit.answered(call.startedAt, clock.instant(), rules.mostCalls());
                    allowance.answered(call.startedAt);
                }
                breaker.answered(call.generation, took);
            }
            case THROTTLED -> {
                own = own.answered(call.startedAt, clock.instant());
                if (current) {
                    allowance.throttled(call.startedAt);
                }
                breaker.released(call.generation);
            }
            case FAILED -> {
                breaker.failed(call.generation, took);
                if (current) {
                    own = own.failed(clock.instant());
                    tellOfFailure();
                }
            }
            case SILENT -> breaker.released(call.generation);
        }
        long tokens = tokens(outcome);
        pace.took(tokens);
        allowance.took(tokens);
        verdict.rest(outcome, rules.restAfter429()).ifPresent(duration -> rest(duration, verdict));
        over(current);
        return breaker.state() != Breaker.State.CLOSED;
    }

    /** What others may conclude from before this worker can. */
    private void tellOfFailure() {
        Instant now = clock.instant();
        switch (breaker.state()) {
            // Two, four, eight in a row, so that it stays news.
            case CLOSED -> {
                if (own.failures() > 1 && Integer.bitCount(own.failures()) == 1) {
                    tell(now, new Fails(destination.model(), own.failingSince(), own.failures()));
                }
            }
            case HALF_OPEN -> tell(now, new Down(destination.model(), downSince, now.plus(wait)));
            case OPEN -> {}
        }
    }

    private void tell(Instant at, Finding finding) {
        colleagues.tell(destination.account(), at, finding);
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

    private void rest(Duration duration, CallVerdict verdict) {
        if (allowance.rest(duration)) {
            Instant until = allowance.restsUntil();
            news.rests(destination.account(), until);
            // What a failing server asks for is a guess of its own, and a short rest is over when others hear of it.
            if (verdict == CallVerdict.THROTTLED && duration.compareTo(SHORT_REST) > 0) {
                tell(clock.instant(), new Rests(until));
            }
        }
    }

    /** Follows the breaker's changes, and tells the others of them. */
    private void look() {
        if (breaker.generation() == generation) {
            return;
        }
        boolean wasDown = down;
        changed();
        if (breaker.state() == Breaker.State.OPEN) {
            if (colleagues.workers() > 1) {
                breaker.tryAt(spread(breaker.nextTry()));
            }
            Instant at = wasDown ? clock.instant() : downSince;
            // Silent probes do not keep this worker from further ones, but the others.
            tell(at, new Down(destination.model(), downSince, later(breaker.nextTry(), at.plus(wait))));
        } else if (wasDown && !down) {
            tell(clock.instant(), new Up(destination.model()));
        }
    }

    /** In the second half of the wait: whoever is first tries for the others too. */
    private Instant spread(Instant nextTry) {
        Instant now = clock.instant();
        long nanos = Duration.between(now, later(now, nextTry)).toNanos();
        return now.plusNanos((long) (nanos * (1 + random.nextDouble()) / 2));
    }

    private void changed() {
        generation = breaker.generation();
        allowance.over(running);
        running = 0;
        if (breaker.state() != Breaker.State.OPEN) {
            triedForThis.clear();
        }
        boolean closed = breaker.state() == Breaker.State.CLOSED;
        if (closed && down) {
            limit = CallLimit.of(Math.min(rules.probes(), rules.mostCalls()), rules.mostCalls(), clock.instant());
            news.recovered(destination);
        } else if (!closed && !down) {
            downSince = clock.instant();
            news.down(destination);
        }
        if (breaker.state() == Breaker.State.OPEN) {
            Instant now = clock.instant();
            wait = breaker.nextTry().isAfter(now) ? Duration.between(now, breaker.nextTry()) : wait;
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
        public boolean ended(VendorOutcome outcome, Duration took) {
            return Checkpoint.this.ended(this, outcome, took);
        }

        @Override
        public void abandoned() {
            Checkpoint.this.abandoned(this);
        }
    }
}
