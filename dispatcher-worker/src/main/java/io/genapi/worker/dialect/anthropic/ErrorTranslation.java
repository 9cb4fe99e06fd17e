package io.genapi.worker.dialect.anthropic;

import io.genapi.schemas.error.ApiError;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Anthropic's errors in OpenAI's envelope, whose {@code code} is Anthropic's type.
 *
 * @see <a href="https://docs.claude.com/en/api/errors">Anthropic's reference</a>
 */
final class ErrorTranslation {

    private static final JsonMapper JSON = new JsonMapper();

    /** More than this is no explanation. */
    private static final int MAX_BYTES = 256 * 1024;

    /** Anthropic's own for an overload, which no client knows: 503 says the same. */
    private static final int OVERLOADED = 529;

    private ErrorTranslation() {}

    static Refused of(int status, Optional<Duration> retryAfter, byte[] body) {
        int known = status == OVERLOADED ? 503 : status;
        return new Refused(known, retryAfter, error(body).map(error -> envelope(known, error)));
    }

    /** An error that came in the midst of a stream, where there is no status. */
    static Refused inStream(JsonNode error) {
        int status = switch (error.path("type").stringValue("")) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "overloaded_error" -> 503;
            case "timeout_error" -> 504;
            default -> 500;
        };
        boolean told = error.path("message").isString();
        return new Refused(status, Optional.empty(), told ? Optional.of(envelope(status, error)) : Optional.empty());
    }

    private static Optional<JsonNode> error(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.path("message").isString() ? Optional.of(error) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static byte[] envelope(int status, JsonNode error) {
        return new ApiError(
                        status,
                        status >= 500 ? "server_error" : "invalid_request_error",
                        Optional.empty(),
                        error.path("type").stringValueOpt(),
                        error.path("message").stringValue(""))
                .toJson();
    }
}
