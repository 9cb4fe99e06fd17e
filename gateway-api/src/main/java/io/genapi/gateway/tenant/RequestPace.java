package io.genapi.gateway.tenant;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * This gateway's share of the requests that a tenant may send in a minute: a bucket that holds the share of a minute, and
 * fills evenly. Guarded by its account.
 */
final class RequestPace {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Bucket bucket;
    private long limit;
    private int gateways;

    /** @param gateways that share the limit evenly, at least 1 */
    RequestPace(long limit, int gateways, InstantSource clock) {
        this.limit = limit;
        this.gateways = gateways;
        this.bucket = Bucket.builder()
                .addLimit(share(limit, gateways))
                .withCustomTimePrecision(new Ticks(clock))
                .build();
    }

    private static Bandwidth share(long limit, int gateways) {
        return Bandwidth.builder()
                .capacity(Math.max(1, Math.ceilDiv(limit, gateways)))
                .refillGreedy(limit, MINUTE.multipliedBy(gateways))
                .build();
    }

    /** From now on it is another share; as much of it is spent as was of the one before. */
    void become(long otherLimit, int otherGateways) {
        if (limit != otherLimit || gateways != otherGateways) {
            limit = otherLimit;
            gateways = otherGateways;
            bucket.replaceConfiguration(
                    BucketConfiguration.builder()
                            .addLimit(share(limit, gateways))
                            .build(),
                    TokensInheritanceStrategy.PROPORTIONALLY);
        }
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
