package io.genapi.simulator.journal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One call as it stood when it was asked for. Immutable.
 *
 * @param number from 1, in order of arrival, never reused
 * @param headers by lower-case name; credentials are masked, but the same one always looks the same
 * @param bodySha256 lower-case hex
 * @param model as asked for; empty where the call named none or was refused before that was read
 * @param lastUserText of the last user message, its first 4,096 characters
 * @param ended empty while the call is in flight
 * @param status empty until it is known, and for ever if the call got none
 * @param abortedByClient the client left before the whole answer was sent
 */
public record RecordedCall(
        long number,
        String method,
        String path,
        Map<String, String> headers,
        String bodySha256,
        String model,
        String lastUserText,
        Instant started,
        Optional<Instant> ended,
        OptionalInt status,
        boolean abortedByClient) {

    /** A header's value, by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> requestId() {
        return header("x-request-id");
    }

    public Optional<String> correlationId() {
        return header("x-correlation-id");
    }

    public Optional<String> originalRequestId() {
        return header("x-original-request-id");
    }

    public Optional<String> traceparent() {
        return header("traceparent");
    }
}
