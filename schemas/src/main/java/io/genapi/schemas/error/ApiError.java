package io.genapi.schemas.error;

import io.genapi.schemas.text.SentText;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One failure as OpenAI's API tells it ({@code {"error":{"message","type","param","code"}}}), so that its SDKs raise
 * their typed exceptions.
 *
 * @param status the HTTP status code
 * @param type the family, in OpenAI's words
 * @param param the request's field or header that is at fault
 * @param code what went wrong, for programs
 * @param message what went wrong and what to do, for people
 */
public record ApiError(int status, String type, Optional<String> param, Optional<String> code, String message) {

    private static final JsonFactory JSON = new JsonFactory();

    public ApiError {
        // Messages quote what callers and vendors sent, and half a surrogate pair cannot be written in UTF-8.
        message = SentText.wellFormed(message);
    }

    /** The caller's mistake: the same request will fail again. */
    public static ApiError invalidRequest(int status, String code, String param, String message) {
        return new ApiError(status, "invalid_request_error", Optional.of(param), Optional.of(code), message);
    }

    /** The caller's mistake, not to be blamed on one field. */
    public static ApiError invalidRequest(int status, String code, String message) {
        return new ApiError(status, "invalid_request_error", Optional.empty(), Optional.of(code), message);
    }

    /** Not the caller's mistake. */
    public static ApiError server(int status, String code, String message) {
        return new ApiError(status, "server_error", Optional.empty(), Optional.of(code), message);
    }

    /** The envelope, in UTF-8. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("message", message);
            json.writeStringProperty("type", type);
            json.writeName("param");
            json.writeString(param.orElse(null));
            json.writeName("code");
            json.writeString(code.orElse(null));
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
