package io.genapi.simulator.anthropic;

import io.genapi.simulator.dialect.Answer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in Anthropic's words; statuses and types as in its <a href="https://docs.claude.com/en/api/errors">reference</a>. */
record AnthropicError(int status, String type, String message) {

    static AnthropicError invalid(String message) {
        return new AnthropicError(400, "invalid_request_error", message);
    }

    static AnthropicError notFound(String what) {
        return new AnthropicError(404, "not_found_error", what);
    }

    /** What Anthropic says with a status, whatever its reason. */
    static AnthropicError ofStatus(int status) {
        return switch (status) {
            case 401 ->
                new AnthropicError(
                        401,
                        "authentication_error",
                        "invalid API key. Use one of the keys that the simulator was started with.");
            case 402 -> new AnthropicError(402, "billing_error", "Your credit balance is too low.");
            case 403 -> new AnthropicError(403, "permission_error", "Your API key does not have permission for this.");
            case 404 -> notFound("Not found");
            case 413 -> new AnthropicError(413, "request_too_large", "Request exceeds the maximum size");
            case 429 -> new AnthropicError(429, "rate_limit_error", "This request would exceed your rate limit.");
            case 504 -> new AnthropicError(504, "timeout_error", "Request timed out.");
            case 503, 529 -> new AnthropicError(status, "overloaded_error", "Overloaded");
            default ->
                status >= 500
                        ? new AnthropicError(status, "api_error", "Internal server error")
                        : new AnthropicError(status, "invalid_request_error", "The request was refused.");
        };
    }

    Answer.Immediate answer() {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("type", "error");
        envelope.putObject("error").put("type", type).put("message", message);
        return new Answer.Immediate(status, envelope.toString());
    }
}
