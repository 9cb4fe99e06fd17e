package io.genapi.gateway.tenant;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * This gateway's share of the requests that a tenant may send in a minute: a bucket that holds the share of a minute, and
 * fills evenly. Thread-safe.
 */
final class RequestPace {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final long limit;
    private final int gateways;
    private final Bucket bucket;

    /** @param gateways that share the limit evenly, at least 1 */
    RequestPace(long limit, int gateways, InstantSource clock) {
        this.limit = limit;
        this.gateways = gateways;
        this.bucket = Bucket.builder()
                .addLimit(share -> share.capacity(Math.max(1, Math.ceilDiv(limit, gateways)))
                        .refillGreedy(limit, MINUTE.multipliedBy(gateways)))
                .withCustomTimePrecision(new Ticks(clock))
                .build();
    }

    boolean is(long otherLimit, int otherGateways) {
        return limit == otherLimit && gateways == otherGateways;
    }

    /**
     * What came of one request.
     *
     * @param pause until the next one can pass; zero where this one did
     */
    record Taken(boolean passed, Duration pause, Allowance left) {}

    /** The others are taken to have as much left as this one. */
    Taken take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        Allowance left = new Allowance(
                limit,
                Math.min(limit, probe.getRemainingTokens() * gateways),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
        return new Taken(probe.isConsumed(), Duration.ofNanos(probe.getNanosToWaitForRefill()), left);
    }

    /** The injected clock, for the bucket. */
    private record Ticks(InstantSource clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
