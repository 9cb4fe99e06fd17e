package io.genapi.simulator.behaviour;

import io.genapi.simulator.fault.ErrorRate;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How the simulated vendor answers calls that generate something. Immutable.
 *
 * @param latency before an answer, for a stream before its first event
 * @param timePerToken between a stream's tokens, up to one minute
 * @param errors by chance
 * @param requestsPerMinute above which calls get a 429; empty for no limit
 * @param cutHandshakes connections are closed at the first byte of a TLS handshake
 * @param held calls wait, after their fate was drawn, until a behaviour that does not hold them is set
 */
public record Behaviour(
        Latency latency,
        Duration timePerToken,
        ErrorRate errors,
        OptionalInt requestsPerMinute,
        boolean cutHandshakes,
        boolean held) {

    /** Answers at once and without fail. */
    public static final Behaviour PROMPT =
            new Behaviour(Latency.NONE, Duration.ZERO, ErrorRate.NONE, OptionalInt.empty(), false, false);

    public Behaviour {
        if (timePerToken.isNegative() || timePerToken.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "time per token: " + timePerToken + " must lie between 0s and 1m, such as 20ms");
        }
        if (requestsPerMinute.isPresent()
                && (requestsPerMinute.getAsInt() < 1 || requestsPerMinute.getAsInt() > 10_000_000)) {
            throw new IllegalArgumentException("requests per minute: " + requestsPerMinute.getAsInt()
                    + " must lie between 1 and 10000000; leave it out for no limit");
        }
    }

    public Behaviour withLatency(Latency changed) {
        return new Behaviour(changed, timePerToken, errors, requestsPerMinute, cutHandshakes, held);
    }

    public Behaviour withTimePerToken(Duration changed) {
        return new Behaviour(latency, changed, errors, requestsPerMinute, cutHandshakes, held);
    }

    /** A share of the calls fails, with one of the statuses. */
    public Behaviour withErrorRate(double rate, int... statuses) {
        List<Integer> boxed = IntStream.of(statuses).boxed().toList();
        return withErrors(new ErrorRate(rate, boxed, errors.retryAfter()));
    }

    /** The calls that fail by chance say when to come back. */
    public Behaviour withRetryAfter(RetryAfter changed) {
        return withErrors(new ErrorRate(errors.rate(), errors.statuses(), changed));
    }

    public Behaviour withErrors(ErrorRate changed) {
        return new Behaviour(latency, timePerToken, changed, requestsPerMinute, cutHandshakes, held);
    }

    public Behaviour withRequestsPerMinute(int changed) {
        return new Behaviour(latency, timePerToken, errors, OptionalInt.of(changed), cutHandshakes, held);
    }

    public Behaviour withHeld(boolean changed) {
        return new Behaviour(latency, timePerToken, errors, requestsPerMinute, cutHandshakes, changed);
    }

    public Behaviour withCutHandshakes(boolean changed) {
        return new Behaviour(latency, timePerToken, errors, requestsPerMinute, changed, held);
    }
}
