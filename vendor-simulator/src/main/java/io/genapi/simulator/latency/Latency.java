package io.genapi.simulator.latency;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A distribution of waiting times; each sample is at least zero and at most one hour. Immutable. */
public sealed interface Latency {

    /** The longest sample, so that a fat tail stays a wait that ends. */
    Duration LONGEST = Duration.ofHours(1);

    /** Answers at once. */
    Latency NONE = new Fixed(Duration.ZERO);

    /** One waiting time. */
    Duration sample(RandomGenerator random);

    /** The average of many samples, but for what {@link #LONGEST} cuts off. */
    Duration mean();

    /** The notation that {@link LatencyNotation#parse} reads back. */
    String notation();

    static Latency fixed(Duration duration) {
        return new Fixed(duration);
    }

    static Latency uniform(Duration min, Duration max) {
        return new Uniform(min, max);
    }

    static Latency logNormal(Duration mean, double sigma) {
        return new LogNormal(mean, sigma);
    }

    private static Duration bounded(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("latency: %s is %s, but must lie between 0s and 1h"
                    .formatted(name, DurationNotation.print(duration)));
        }
        return duration;
    }

    /** Always the same. */
    record Fixed(Duration duration) implements Latency {

        public Fixed {
            bounded("the fixed value", duration);
        }

        @Override
        public Duration sample(RandomGenerator random) {
            return duration;
        }

        @Override
        public Duration mean() {
            return duration;
        }

        @Override
        public String notation() {
            return "fixed:" + DurationNotation.print(duration);
        }
    }

    /** Every value from {@code min} to {@code max} equally likely. */
    record Uniform(Duration min, Duration max) implements Latency {

        public Uniform {
            bounded("min", min);
            bounded("max", max);
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("latency: min is %s, but must not exceed max, %s"
                        .formatted(DurationNotation.print(min), DurationNotation.print(max)));
            }
        }

        @Override
        public Duration sample(RandomGenerator random) {
            return Duration.ofNanos(random.nextLong(min.toNanos(), max.toNanos() + 1));
        }

        @Override
        public Duration mean() {
            return min.plus(max).dividedBy(2);
        }

        @Override
        public String notation() {
            return "uniform:min=%s,max=%s".formatted(DurationNotation.print(min), DurationNotation.print(max));
        }
    }

    /**
     * The logarithm is normally distributed, as vendors' latencies roughly are.
     *
     * @param mean of the latency itself, not of its logarithm
     * @param sigma standard deviation of the logarithm, from 0 to 5
     */
    record LogNormal(Duration mean, double sigma) implements Latency {

        public LogNormal {
            bounded("mean", mean);
            if (!(sigma >= 0 && sigma <= 5)) {
                throw new IllegalArgumentException("latency: sigma is " + sigma + ", but must lie between 0 and 5");
            }
        }

        @Override
        public Duration sample(RandomGenerator random) {
            double factor = Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            return Duration.ofNanos(Math.min(LONGEST.toNanos(), (long) (mean.toNanos() * factor)));
        }

        @Override
        public String notation() {
            return "lognormal:mean=%s,sigma=%s".formatted(DurationNotation.print(mean), sigma);
        }
    }
}
