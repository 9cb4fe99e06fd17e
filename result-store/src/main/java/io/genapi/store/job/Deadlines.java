package io.genapi.store.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When jobs' time is over.
 *
 * @param byDefault from submission, of jobs that name none
 * @param longest that Kafka keeps a request: who names a later deadline gets no more
 */
public record Deadlines(Duration byDefault, Duration longest) {

    /** @param now when the request is read; a submission time in the future is its sender's wrong clock */
    public Instant of(Instant submittedAt, Optional<Instant> named, Instant now) {
        Instant submitted = submittedAt.isBefore(now) ? submittedAt : now;
        return earlier(named.orElseGet(() -> submitted.plus(byDefault)), now.plus(longest));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
