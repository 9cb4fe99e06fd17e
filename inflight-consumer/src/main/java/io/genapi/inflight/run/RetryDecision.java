package io.genapi.inflight.run;

import java.time.Duration;

/** What follows on a failed attempt. */
public sealed interface RetryDecision {

    /** Another attempt, after this time. */
    record RetryAfter(Duration delay) implements RetryDecision {}

    /** The attempts are used up. */
    record GiveUp() implements RetryDecision {}
}
