package io.genapi.simulator.openai;

import io.genapi.simulator.dialect.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in OpenAI's envelope; types and codes as in its "Error codes" guide. */
record OpenAiError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code) implements ParsedChat {

    private static final String INVALID_REQUEST = "invalid_request_error";

    static OpenAiError invalid(String message, @Nullable String param, @Nullable String code) {
        return new OpenAiError(400, message, INVALID_REQUEST, param, code);
    }

    static OpenAiError missingKey() {
        return new OpenAiError(
                401,
                "You didn't provide an API key. Send it in an Authorization header: Authorization: Bearer YOUR_KEY.",
                INVALID_REQUEST,
                null,
                null);
    }

    static OpenAiError wrongKey() {
        return new OpenAiError(
                401,
                "Incorrect API key provided. Use one of the keys that the simulator was started with.",
                INVALID_REQUEST,
                null,
                "invalid_api_key");
    }

    static OpenAiError unknownModel(String model) {
        return new OpenAiError(
                404,
                "The model `%s` does not exist or you do not have access to it. GET /v1/models lists those that do."
                        .formatted(model),
                INVALID_REQUEST,
                null,
                "model_not_found");
    }

    static OpenAiError unknownPath(String method, String path) {
        return new OpenAiError(
                404, "Invalid URL (%s %s)".formatted(method, path), INVALID_REQUEST, null, "unknown_url");
    }

    static OpenAiError wrongMethod(String method, String path) {
        return new OpenAiError(
                405,
                "Not allowed to %s on %s (HINT: perhaps you meant to use a different HTTP method?)"
                        .formatted(method, path),
                INVALID_REQUEST,
                null,
                "method_not_supported");
    }

    /** What OpenAI says with a status, whatever its reason. */
    static OpenAiError ofStatus(int status) {
        return switch (status) {
            case 400 -> invalid("Invalid request.", null, null);
            case 401 -> wrongKey();
            case 403 ->
                new OpenAiError(
                        403,
                        "Country, region, or territory not supported.",
                        "request_forbidden",
                        null,
                        "unsupported_country_region_territory");
            case 404 -> new OpenAiError(404, "Not found.", INVALID_REQUEST, null, "not_found");
            case 413 ->
                new OpenAiError(
                        413,
                        "The request body is larger than 16777216 bytes. Send a smaller one.",
                        INVALID_REQUEST,
                        null,
                        "request_too_large");
            case 429 ->
                new OpenAiError(
                        429,
                        "Rate limit reached for requests. Please try again later.",
                        "requests",
                        null,
                        "rate_limit_exceeded");
            case 503 ->
                new OpenAiError(
                        503,
                        "The engine is currently overloaded, please try again later.",
                        "server_error",
                        null,
                        "service_unavailable");
            default ->
                status >= 500
                        ? new OpenAiError(
                                status,
                                "The server had an error while processing your request. Sorry about that!",
                                "server_error",
                                null,
                                null)
                        : new OpenAiError(status, "The request was refused.", INVALID_REQUEST, null, null);
        };
    }

    Answer.Immediate answer() {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return new Answer.Immediate(status, envelope.toString());
    }
}
