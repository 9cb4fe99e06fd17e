package io.genapi.worker.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * How many calls a destination may have in flight, found out as
 * <a href="https://www.rfc-editor.org/rfc/rfc5681">TCP</a> finds out about a network: each answer adds a call, which
 * doubles the limit with each round trip, up to a threshold; from there on a round trip adds a twentieth, or one call.
 * Being told of too many halves it. Who is refused whatever it calls learns nothing of a limit: when that is over, it
 * doubles up to where it was. A model's round trip may take a minute, so up to the threshold time doubles it too, as in
 * <a href="https://www.rfc-editor.org/rfc/rfc9438">CUBIC</a>, provided that something was answered since the last cut
 * and that it is made use of. Immutable and pure.
 *
 * @param calls the limit, at least 1; the fraction is on its way to the next call
 * @param threshold where the doubling ends
 * @param reached what was in flight when it was last halved after an answer
 * @param grownAt until when it has grown with time; in the far future without an answer to a call since it was last halved
 * @param cutAt when it was last halved
 */
record CallLimit(double calls, double threshold, double reached, Instant grownAt, Instant cutAt) {

    private static final double PER_ROUND_TRIP = 20;

    /** A refused call is a job put off; so much of what was in flight still tries after each rest. */
    private static final double LEAST_PART = 4;

    private static final Duration DOUBLING = Duration.ofMillis(500);

    private static final Instant NOT_YET = Instant.MAX;

    /** Of a destination that answers. */
    static CallLimit of(int calls, int threshold, Instant now) {
        return new CallLimit(calls, threshold, calls, now, Instant.MIN);
    }

    int whole() {
        return (int) calls;
    }

    /**
     * After the time that has passed.
     *
     * @param running calls in flight: a limit that is not reached is not tested either, and stays
     */
    CallLimit at(Instant now, int running) {
        if (calls >= threshold || !now.isAfter(grownAt)) {
            return this;
        }
        double doublings = running < calls / 2
                ? 0
                : (double) Duration.between(grownAt, now).toNanos() / DOUBLING.toNanos();
        return new CallLimit(Math.min(threshold, calls * Math.pow(2, doublings)), threshold, reached, now, cutAt);
    }

    /** After an answer, to at most that many. Calls that were in flight at the last cut say nothing of the limit since then. */
    CallLimit answered(Instant callStartedAt, Instant now, int most) {
        if (callStartedAt.isBefore(cutAt)) {
            return this;
        }
        double more = calls < threshold ? 1 : Math.max(1 / calls, 1 / PER_ROUND_TRIP);
        return new CallLimit(Math.min(most, calls + more), threshold, reached, isAnswered() ? grownAt : now, cutAt);
    }

    /**
     * After a 429, with the same exception.
     *
     * @param running calls in flight, the refused one included
     */
    CallLimit throttled(Instant callStartedAt, Instant now, int running) {
        if (callStartedAt.isBefore(cutAt)) {
            return this;
        }
        double half = Math.max(1, Math.min(calls, running) / 2);
        return isAnswered()
                ? new CallLimit(half, half, Math.min(calls, running), NOT_YET, now)
                : new CallLimit(Math.max(half, reached / LEAST_PART), reached, reached, NOT_YET, now);
    }

    private boolean isAnswered() {
        return !grownAt.equals(NOT_YET);
    }
}
