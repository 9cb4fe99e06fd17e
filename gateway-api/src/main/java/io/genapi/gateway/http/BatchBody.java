package io.genapi.gateway.http;

import io.genapi.gateway.batch.ChatLines;
import io.genapi.gateway.responses.ResponseLines;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller asks of a batch.
 *
 * @param outputLife how long the files with what comes of it are kept
 */
record BatchBody(
        FileId input,
        String endpoint,
        String window,
        Optional<Map<String, String>> metadata,
        Optional<Duration> outputLife) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ENDPOINTS = List.of(ChatLines.ENDPOINT, ResponseLines.ENDPOINT);
    private static final String WINDOW = "24h";
    private static final int MAX_PAIRS = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 512;

    /** @throws ApiErrorException if it is not as OpenAI wants it, or asks for what is not there */
    static BatchBody read(byte[] bytes) {
        JsonNode body = object(bytes);
        String input = text(body, "input_file_id");
        String endpoint = text(body, "endpoint");
        String window = text(body, "completion_window");
        if (!ENDPOINTS.contains(endpoint)) {
            throw invalid(
                    "endpoint",
                    "'%s'. This broker runs batches of %s."
                            .formatted(SentText.excerpt(endpoint), String.join(" and ", ENDPOINTS)));
        }
        if (!window.equals(WINDOW)) {
            throw invalid("completion_window", "'%s'. Send %s.".formatted(SentText.excerpt(window), WINDOW));
        }
        return new BatchBody(
                FileId.parse(input).orElseThrow(() -> invalid("input_file_id", noFile(input))),
                endpoint,
                window,
                metadata(body.path("metadata")),
                outputLife(body.path("output_expires_after")));
    }

    private static String noFile(String input) {
        return "'%s'. Send the id of a file that was uploaded with the purpose batch."
                .formatted(SentText.excerpt(input));
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JacksonException malformed) {
            // Told below.
        }
        throw new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_json",
                "We could not parse the body of your request as JSON. Send one JSON object in UTF-8."));
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw FileErrors.missing(field);
        }
        if (!value.isString()) {
            throw invalid(field, "it is no string.");
        }
        return value.asString();
    }

    private static Optional<Map<String, String>> metadata(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        if (!given.isObject() || given.size() > MAX_PAIRS) {
            throw invalid("metadata", "Send an object with up to %d strings.".formatted(MAX_PAIRS));
        }
        Map<String, String> pairs = new HashMap<>();
        for (Map.Entry<String, JsonNode> pair : given.properties()) {
            boolean fits = pair.getKey().length() <= MAX_KEY
                    && pair.getValue().isString()
                    && pair.getValue().asString().length() <= MAX_VALUE;
            if (!fits) {
                throw invalid(
                        "metadata",
                        "Keys have up to %d characters, and values are strings of up to %d."
                                .formatted(MAX_KEY, MAX_VALUE));
            }
            if (!SentText.isWellFormed(pair.getKey())
                    || !SentText.isWellFormed(pair.getValue().asString())) {
                throw invalid(
                        "metadata", "it has half of a surrogate pair, which no UTF-8 can hold. Send whole characters.");
            }
            pairs.put(pair.getKey(), pair.getValue().asString());
        }
        return Optional.of(pairs);
    }

    private static Optional<Duration> outputLife(JsonNode given) {
        return given.isMissingNode() || given.isNull()
                ? Optional.empty()
                : ExpiresAfter.of(
                        "output_expires_after",
                        Optional.of(given.path("anchor").asString("")),
                        Optional.of(given.path("seconds").asString("")));
    }

    private static ApiErrorException invalid(String field, String how) {
        return new ApiErrorException(ApiError.invalidRequest(
                400, "invalid_value", field, "Invalid value for '%s': %s".formatted(field, how)));
    }
}
