package io.genapi.store.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that fails is tried again.
 *
 * @param gaps between the first attempts, which are made at once; the last one is repeated
 * @param horizon no attempt is planned later than that after the first one, leaving aside chance
 * @param jitter by which share of it a gap may be shorter or longer, so that what failed together does not return together
 */
public record DeliverySchedule(List<Duration> gaps, Duration horizon, double jitter) {

    /** At once, after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, and every 10 h up to three days. */
    public static final DeliverySchedule STANDARD = new DeliverySchedule(
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10)),
            Duration.ofDays(3),
            0.2);

    /** @throws IllegalArgumentException if there is no gap, one is not positive, or the jitter is not from 0 to below 1 */
    public DeliverySchedule {
        gaps = List.copyOf(gaps);
        if (gaps.isEmpty() || gaps.stream().anyMatch(gap -> !gap.isPositive())) {
            throw new IllegalArgumentException(
                    "gaps are " + gaps + "; there must be at least one, all of them positive");
        }
        if (horizon.isNegative()) {
            throw new IllegalArgumentException("the horizon is " + horizon + "; it must not be negative");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("the jitter is " + jitter + "; it must be from 0 to below 1");
        }
    }

    /**
     * How long after a failed attempt the next one is made; empty after the last.
     *
     * @param made attempts so far, at least 1
     */
    Optional<Duration> gapAfter(int made, RandomGenerator random) {
        Duration planned = Duration.ZERO;
        for (int attempt = 1; attempt <= made; attempt++) {
            planned = planned.plus(gap(attempt));
            if (planned.compareTo(horizon) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(varied(gap(made), random));
    }

    /** That gap, somewhat shorter or longer. */
    Duration varied(Duration gap, RandomGenerator random) {
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(gap.toMillis() * factor));
    }

    /** The longest that a receiver may ask to be left alone. */
    Duration longest() {
        return gaps.getLast();
    }

    private Duration gap(int attempt) {
        return gaps.get(Math.min(attempt, gaps.size()) - 1);
    }
}
