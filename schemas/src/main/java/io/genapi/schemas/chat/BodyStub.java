package io.genapi.schemas.chat;

import io.genapi.schemas.job.ModelName;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a record says of a body that lies elsewhere. It is no request: without messages, no vendor is asked by mistake.
 *
 * @param stream whether the caller asks for server-sent events
 */
public record BodyStub(ModelName model, boolean stream) {

    private static final JsonFactory JSON = new JsonFactory();

    public static BodyStub of(ChatRequestBody body) {
        return new BodyStub(body.model(), body.stream());
    }

    /** The stub in a record's value, or empty where that is none. */
    public static Optional<BodyStub> read(byte[] value) {
        try {
            JsonNode stub = JsonMapper.shared().readTree(value);
            String model = stub.path("model").asString("");
            return model.isBlank() || model.length() > ChatRequestReader.MAX_MODEL_LENGTH
                    ? Optional.empty()
                    : Optional.of(new BodyStub(
                            new ModelName(model), stub.path("stream").asBoolean(false)));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("model", model.value());
            json.writeBooleanProperty("stream", stream);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
