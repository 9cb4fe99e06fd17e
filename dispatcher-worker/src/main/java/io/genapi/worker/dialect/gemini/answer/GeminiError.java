package io.genapi.worker.dialect.gemini.answer;

import io.genapi.schemas.error.ApiError;
import io.genapi.worker.dialect.RetryInfo;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A {@code google.rpc.Status}, whole or in an array of one, as Gemini answers and as it breaks a stream off.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/troubleshooting">Troubleshooting</a>
 * @see <a href="https://google.aip.dev/193">AIP-193</a>
 */
public final class GeminiError {

    private GeminiError() {}

    /** @param json an answer's body, which may be anything */
    public static boolean is(JsonNode json) {
        return in(json).path("message").isString();
    }

    /** The error itself, of a whole one; missing where it is none. */
    static JsonNode in(JsonNode json) {
        return (json.isArray() ? json.path(0) : json).path("error");
    }

    /**
     * What the error means to who asked.
     *
     * @param status the answer's, from 400 to 599; in mid-stream the error's own code
     * @param asked how long the answer's headers ask to be left alone
     */
    public static Refused outcome(int status, JsonNode json, Optional<Duration> asked) {
        JsonNode error = in(json);
        int ours = status(status, error);
        Optional<Duration> delay = asked.or(() -> RetryInfo.of(error));
        return new Refused(
                ours, delay, is(json) ? Optional.of(envelope(ours, error).toJson()) : Optional.empty());
    }

    /** The code of an error in mid-stream, where no status comes with it. */
    static int code(JsonNode json) {
        int code = in(json).path("code").intValue(500);
        return code >= 400 && code <= 599 ? code : 500;
    }

    /** Gemini calls a key that it does not know, and a country that it does not serve, bad requests. */
    private static int status(int status, JsonNode error) {
        if (status != 400) {
            return status;
        }
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").stringValue("").startsWith("API_KEY_")) {
                return 401;
            }
        }
        return error.path("status").stringValue("").equals("FAILED_PRECONDITION") ? 403 : status;
    }

    private static ApiError envelope(int status, JsonNode error) {
        String reason = error.path("status").stringValue("").toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401 -> envelope(status, "invalid_request_error", "invalid_api_key", error);
            case 429 -> envelope(status, "requests", "rate_limit_exceeded", error);
            default -> envelope(status, status >= 500 ? "server_error" : "invalid_request_error", reason, error);
        };
    }

    private static ApiError envelope(int status, String type, String code, JsonNode error) {
        return new ApiError(
                status,
                type,
                Optional.empty(),
                Optional.of(code).filter(text -> !text.isEmpty()),
                error.path("message").stringValue(""));
    }
}
