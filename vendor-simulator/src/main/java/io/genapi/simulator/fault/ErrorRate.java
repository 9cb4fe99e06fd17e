package io.genapi.simulator.fault;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Errors by chance.
 *
 * @param rate share of the calls that fail, from 0 to 1
 * @param statuses of those that fail, each equally likely; at least one
 */
public record ErrorRate(double rate, List<Integer> statuses, RetryAfter retryAfter) {

    public static final ErrorRate NONE = new ErrorRate(0, List.of(500), RetryAfter.NONE);

    public ErrorRate {
        statuses = List.copyOf(statuses);
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "error rate: " + rate + " is not a share; choose a number from 0 to 1, such as 0.1 for one in ten");
        }
        if (statuses.isEmpty() || statuses.stream().anyMatch(status -> status < 400 || status > 599)) {
            throw new IllegalArgumentException(
                    "error status: " + statuses + " must be one or more statuses from 400 to 599, such as 500,503");
        }
    }

    /** The fate of one call. */
    public Fault draw(RandomGenerator random) {
        if (random.nextDouble() >= rate) {
            return new Fault.None();
        }
        return new Fault.Status(statuses.get(random.nextInt(statuses.size())), retryAfter);
    }
}
