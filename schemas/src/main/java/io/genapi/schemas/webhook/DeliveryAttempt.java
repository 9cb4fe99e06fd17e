package io.genapi.schemas.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of a delivery.
 *
 * @param enabledAt which enabling of the endpoint the sender knew, so that it tells of that one's address and of no later
 *     one's; empty where the sender does not say, or knew none
 * @param at when it was begun
 * @param latency until the answer's head was there, or the failure
 */
public record DeliveryAttempt(
        Delivery delivery, Optional<Instant> enabledAt, Instant at, Duration latency, Outcome outcome) {

    public DeliveryAttempt(Delivery delivery, Instant at, Duration latency, Outcome outcome) {
        this(delivery, Optional.empty(), at, latency, outcome);
    }

    public sealed interface Outcome {

        /**
         * The receiver answered; with 2xx it has the event.
         *
         * @param retryAfter how long it wants to be left alone
         * @param head the first bytes of its answer, as text
         */
        record Answered(int status, Optional<Duration> retryAfter, String head) implements Outcome {}

        /**
         * There was no answer.
         *
         * @param code one word for programs: {@code timeout}, {@code connect_failed}, {@code tls_failed},
         *     {@code address_refused}, {@code broken_answer}, {@code secret_unreadable}, {@code not_sent}, or
         *     {@link #NO_CONNECTION}
         * @param reason for people
         */
        record Unanswered(String code, String reason) implements Outcome {

            /** The sender had no room for the attempt, so nothing was sent. It says nothing of the receiver. */
            public static final String NO_CONNECTION = "no_connection";
        }

        /** Nothing was sent, for the endpoint is gone or wants nothing any more. */
        record Withheld(String reason) implements Outcome {}
    }
}
