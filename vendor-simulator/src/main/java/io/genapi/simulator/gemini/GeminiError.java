package io.genapi.simulator.gemini;

import io.genapi.simulator.dialect.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal as a {@code google.rpc.Status}.
 *
 * @param reason of an {@code ErrorInfo} among the details
 * @param retryDelay of a {@code RetryInfo} among the details
 */
record GeminiError(int status, String code, String message, Optional<String> reason, Optional<Duration> retryDelay)
        implements ParsedContents {

    private static final String TYPES = "type.googleapis.com/google.rpc.";

    static GeminiError invalid(String message) {
        return of(400, "INVALID_ARGUMENT", message);
    }

    static GeminiError missingKey() {
        return of(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). Send an API key in"
                        + " the x-goog-api-key header.");
    }

    static GeminiError wrongKey() {
        return new GeminiError(
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                Optional.of("API_KEY_INVALID"),
                Optional.empty());
    }

    static GeminiError unknownModel(String model) {
        return of(
                404,
                "NOT_FOUND",
                "models/%s is not found for API version v1beta. GET /v1beta/models lists those that are."
                        .formatted(model));
    }

    /** What Gemini says with a status, whatever its reason. */
    static GeminiError ofStatus(int status, Optional<Duration> retryDelay) {
        return switch (status) {
            case 400 -> invalid("Request contains an invalid argument.");
            case 401 -> of(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
            case 403 -> of(403, "PERMISSION_DENIED", "The caller does not have permission.");
            case 404 -> of(404, "NOT_FOUND", "Requested entity was not found.");
            case 413 -> of(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 16777216 bytes.");
            case 429 ->
                new GeminiError(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "You exceeded your current quota, please check your plan and billing details.",
                        Optional.empty(),
                        retryDelay);
            case 503 -> of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case 504 -> of(504, "DEADLINE_EXCEEDED", "The request timed out. Please try again.");
            default ->
                status >= 500
                        ? of(status, "INTERNAL", "An internal error has occurred. Please retry.")
                        : of(status, "FAILED_PRECONDITION", "The request was refused.");
        };
    }

    static GeminiError of(int status, String code, String message) {
        return new GeminiError(status, code, message, Optional.empty(), Optional.empty());
    }

    Answer.Immediate answer() {
        return new Answer.Immediate(status, json().toString());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode error = json.putObject("error")
                .put("code", status)
                .put("message", message)
                .put("status", code);
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        reason.ifPresent(text -> details.addObject()
                .put("@type", TYPES + "ErrorInfo")
                .put("reason", text)
                .put("domain", "googleapis.com"));
        retryDelay.ifPresent(delay -> details.addObject()
                .put("@type", TYPES + "RetryInfo")
                .put(
                        "retryDelay",
                        BigDecimal.valueOf(delay.toMillis(), 3)
                                        .stripTrailingZeros()
                                        .toPlainString() + "s"));
        if (!details.isEmpty()) {
            error.set("details", details);
        }
        return json;
    }
}
