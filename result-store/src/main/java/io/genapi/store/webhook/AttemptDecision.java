package io.genapi.store.webhook;

import java.time.Instant;

/** What follows from an attempt for the event and endpoint that it was for. */
public sealed interface AttemptDecision {

    /** The endpoint has the event. */
    record Delivered() implements AttemptDecision {}

    record RetryAt(Instant at) implements AttemptDecision {}

    /** @param reason one word for programs */
    record GiveUp(String reason) implements AttemptDecision {}

    /**
     * The endpoint is told nothing any more, of this event or another.
     *
     * @param reason for people
     */
    record Disable(String reason) implements AttemptDecision {}
}
