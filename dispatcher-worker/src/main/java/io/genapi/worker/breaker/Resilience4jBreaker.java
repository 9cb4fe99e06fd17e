package io.genapi.worker.breaker;

import io.genapi.worker.admission.Breaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * <a href="https://resilience4j.readme.io/docs/circuitbreaker">resilience4j's circuit breaker</a> over the latest calls.
 * Beyond it: time is the injected clock's throughout, probes that are silent do not hold up further ones, one answered
 * probe is enough, and what was started before a change of state is not mistaken for what came after it.
 */
public final class Resilience4jBreaker implements Breaker {

    private final BreakerRules rules;
    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private State state = State.CLOSED;
    private int generation;

    /** The first generation of the present trouble. */
    private int troubleSince;

    private Instant nextTry = Instant.MIN;
    private int probesOut;
    private Instant lastProbe = Instant.MIN;

    public Resilience4jBreaker(String name, BreakerRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .slidingWindow(rules.window(), rules.minimumCalls(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(rules.failureRate())
                        .slowCallDurationThreshold(rules.slowCall())
                        .slowCallRateThreshold(rules.slowCallRate())
                        .permittedNumberOfCallsInHalfOpenState(rules.probes())
                        .waitIntervalFunctionInOpenState(this::openUntil)
                        .build());
    }

    /** Called by the breaker when it opens. */
    private long openUntil(int opened) {
        Duration wait = rules.wait(opened);
        nextTry = clock.instant().plus(wait);
        return wait.toMillis();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public Instant nextTry() {
        return nextTry;
    }

    @Override
    public int room() {
        giveSilentProbesUp();
        return switch (state) {
            case CLOSED -> Integer.MAX_VALUE;
            case HALF_OPEN -> rules.probes() - probesOut;
            case OPEN -> clock.instant().isAfter(nextTry) ? rules.probes() : 0;
        };
    }

    @Override
    public OptionalInt admit() {
        if (room() <= 0) {
            return OptionalInt.empty();
        }
        if (state == State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
        if (!breaker.tryAcquirePermission()) {
            return OptionalInt.empty();
        }
        look();
        if (state == State.HALF_OPEN) {
            probesOut++;
            lastProbe = clock.instant();
        }
        return OptionalInt.of(generation);
    }

    @Override
    public void answered(int called, Duration took) {
        if (state == State.CLOSED || called >= troubleSince) {
            breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
            if (state != State.CLOSED) {
                breaker.transitionToClosedState();
            }
            look();
        }
    }

    @Override
    public void failed(int called, Duration took) {
        if (called == generation) {
            breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new FailedCall());
            look();
        }
    }

    @Override
    public void released(int called) {
        if (called == generation) {
            breaker.releasePermission();
            probesOut = Math.max(0, probesOut - 1);
        }
    }

    @Override
    public void open() {
        if (state == State.CLOSED) {
            breaker.transitionToOpenState();
            look();
        }
    }

    @Override
    public void tryAt(Instant time) {
        if (state == State.OPEN) {
            nextTry = time;
        }
    }

    @Override
    public void tryNow() {
        if (state == State.HALF_OPEN) {
            breaker.transitionToOpenState();
            look();
        }
        tryAt(Instant.MIN);
    }

    /** A probe may take as long as any call; meanwhile the destination may have recovered for all others. */
    private void giveSilentProbesUp() {
        if (state == State.HALF_OPEN
                && probesOut >= rules.probes()
                && clock.instant().isAfter(lastProbe.plus(rules.probeWait()))) {
            tryNow();
        }
    }

    private void look() {
        State now = switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
        };
        if (now != state) {
            generation++;
            probesOut = 0;
            if (state == State.CLOSED) {
                troubleSince = generation;
            }
            state = now;
        }
    }

    /** Stands for every failure: only that there was one counts. */
    private static final class FailedCall extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        FailedCall() {
            super("a vendor call failed", null, false, false);
        }
    }
}
