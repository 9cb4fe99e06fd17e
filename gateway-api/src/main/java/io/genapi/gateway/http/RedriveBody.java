package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a redrive says: nothing, or {@code {"model": "…"}}. Thread-safe. */
final class RedriveBody {

    private static final int LONGEST_MODEL = 256;

    private final RequestBody requestBody;

    RedriveBody(int maxBytes) {
        this.requestBody = new RequestBody(maxBytes);
    }

    /** The model that is to answer this time; empty for the same one. */
    Optional<ModelName> model(HttpServletRequest request) throws IOException {
        boolean empty = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        if (empty) {
            return Optional.empty();
        }
        byte[] bytes = requestBody.read(request);
        return bytes.length == 0 ? Optional.empty() : model(read(bytes));
    }

    private static JsonNode read(byte[] bytes) {
        try {
            JsonNode body = JsonMapper.shared().readTree(bytes);
            if (body.isObject() && Set.of("model").containsAll(body.propertyNames())) {
                return body;
            }
        } catch (JacksonException malformed) {
            // Told below, in the same words.
        }
        throw new ApiErrorException(ApiError.invalidRequest(
                400, "invalid_json", "Send no body, or a JSON object such as {\"model\": \"gpt-4o\"}."));
    }

    private static Optional<ModelName> model(JsonNode body) {
        JsonNode model = body.path("model");
        if (model.isMissingNode() || model.isNull()) {
            return Optional.empty();
        }
        String name = model.isString() ? model.asString() : "";
        if (name.isBlank() || name.length() > LONGEST_MODEL) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_value",
                    "model",
                    "Invalid value for 'model'. Send a model's name of 1 to %d characters, or leave it out."
                            .formatted(LONGEST_MODEL)));
        }
        return Optional.of(new ModelName(name));
    }
}
