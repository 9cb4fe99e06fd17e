package io.genapi.worker.dialect.openai;

import io.genapi.worker.dialect.RetryInfo;
import io.genapi.worker.dialect.VendorResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's error envelope as its compatibles send it, which is not always whole; Gemini's sends an array of one. */
final class ErrorEnvelope {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** More than this is no explanation. */
    private static final int MAX_BYTES = 256 * 1024;

    private ErrorEnvelope() {}

    /**
     * The vendor's bytes if they are {@code {"error":{message,type,param,code}}}; the same completed where only the
     * message is there, or a code is a number; empty where not even that is.
     */
    static Optional<byte[]> in(VendorResponse response) {
        JsonNode root = json(response);
        JsonNode envelope = root.isArray() ? root.path(0) : root;
        if (!(envelope.path("error") instanceof ObjectNode error)
                || !error.path("message").isString()) {
            return Optional.empty();
        }
        return Optional.of(
                complete(error, response.status()) || root.isArray()
                        ? JSON.writeValueAsBytes(envelope)
                        : response.body());
    }

    /** How long Gemini asks to be left alone, which it says in the error. */
    static Optional<Duration> retryAfter(VendorResponse response) {
        JsonNode root = json(response);
        return RetryInfo.of((root.isArray() ? root.path(0) : root).path("error"));
    }

    private static JsonNode json(VendorResponse response) {
        if (response.body().length > MAX_BYTES) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** True if something had to be added. */
    private static boolean complete(ObjectNode error, int status) {
        boolean changed = false;
        if (!error.path("type").isString()) {
            error.put("type", status >= 500 ? "server_error" : "invalid_request_error");
            changed = true;
        }
        for (String field : List.of("param", "code")) {
            JsonNode value = error.get(field);
            if (value == null || !(value.isString() || value.isNull())) {
                error.put(field, value == null || value.isContainer() ? null : value.asString());
                changed = true;
            }
        }
        return changed;
    }
}
