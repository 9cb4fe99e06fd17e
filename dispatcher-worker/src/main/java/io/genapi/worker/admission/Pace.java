package io.genapi.worker.admission;

import io.genapi.runtime.catalog.RateLimits;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

/**
 * Spreads calls evenly over the minute that their limits are for, shared with the other workers. No more
 * than a second's worth is saved up: a vendor may count by the second, and a burst is what it refuses. Not thread-safe.
 */
final class Pace {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final IntSupplier workers;
    private final InstantSource clock;
    private RateLimits limits = RateLimits.NONE;
    private int sharedBy = 1;
    private Instant nextLook = Instant.MIN;
    private Optional<Bucket> requests = Optional.empty();
    private Optional<Bucket> tokens = Optional.empty();

    /** @param workers how many call with the same keys, this one included */
    Pace(IntSupplier workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** The limits from now on. */
    void limit(RateLimits now) {
        if (!now.equals(limits)) {
            limits = now;
            share(sharing());
        }
    }

    /** Follows the workers that come and go. */
    private void look() {
        Instant now = clock.instant();
        if (limits.equals(RateLimits.NONE) || now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        int sharing = sharing();
        if (sharing != sharedBy) {
            share(sharing);
        }
    }

    private int sharing() {
        return Math.max(1, workers.getAsInt());
    }

    private void share(int sharing) {
        sharedBy = sharing;
        requests = bucket(limits.requests());
        tokens = bucket(limits.tokens());
    }

    private Optional<Bucket> bucket(OptionalLong perMinute) {
        if (perMinute.isEmpty()) {
            return Optional.empty();
        }
        long mine = Math.max(1, perMinute.getAsLong() / sharedBy);
        return Optional.of(Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(Math.max(1, mine / 60))
                        .refillGreedy(mine, MINUTE)
                        .build())
                .withCustomTimePrecision(new Ticks(clock))
                .build());
    }

    /** How many calls may start now. A call may start while any token is left: how many it takes shows afterwards. */
    int room() {
        look();
        if (tokens.isPresent() && tokens.get().getAvailableTokens() <= 0) {
            return 0;
        }
        return requests.map(bucket -> (int) Math.min(Integer.MAX_VALUE, bucket.getAvailableTokens()))
                .orElse(Integer.MAX_VALUE);
    }

    /** When a call may start, in the past if that is now. */
    Instant nextCall() {
        look();
        long nanos = Math.max(untilOne(requests), untilOne(tokens));
        return nanos == 0 ? Instant.MIN : clock.instant().plusNanos(nanos);
    }

    private static long untilOne(Optional<Bucket> bucket) {
        return bucket.map(each -> each.estimateAbilityToConsume(1).getNanosToWaitForRefill())
                .orElse(0L);
    }

    void started() {
        requests.ifPresent(bucket -> bucket.consumeIgnoringRateLimits(1));
    }

    /** A call took that many tokens, which may be more than there were: what follows waits for them. */
    void took(long count) {
        if (count > 0) {
            tokens.ifPresent(bucket -> bucket.consumeIgnoringRateLimits(count));
        }
    }

    /** The injected clock, for the buckets. */
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
