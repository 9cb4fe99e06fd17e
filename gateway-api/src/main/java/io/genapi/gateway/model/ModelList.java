package io.genapi.gateway.model;

import io.genapi.runtime.reload.Edition;
import io.genapi.schemas.job.ModelName;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The catalog's models in the shape of <a href="https://platform.openai.com/docs/api-reference/models">OpenAI's</a>. */
public final class ModelList {

    private static final JsonFactory JSON = new JsonFactory();

    private final Supplier<Edition> editions;

    /** @param editions the catalog as it counts at each question; its time is every model's, since when it says so */
    public ModelList(Supplier<Edition> editions) {
        this.editions = editions;
    }

    /** Those that are wanted, in UTF-8. */
    public byte[] toJson(Predicate<ModelName> wanted) {
        Edition edition = editions.get();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            edition.catalog().models().stream().filter(wanted).forEach(model -> write(json, model, edition));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** One model, in UTF-8; empty where nobody serves it. */
    public Optional<byte[]> toJson(ModelName model) {
        Edition edition = editions.get();
        if (edition.catalog().route(model).isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, model, edition);
        }
        return Optional.of(bytes.toByteArray());
    }

    private static void write(JsonGenerator json, ModelName model, Edition edition) {
        json.writeStartObject();
        json.writeStringProperty("id", model.value());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", edition.written().getEpochSecond());
        json.writeStringProperty(
                "owned_by",
                edition.catalog()
                        .route(model)
                        .orElseThrow()
                        .candidates()
                        .getFirst()
                        .vendor()
                        .name()
                        .value());
        json.writeEndObject();
    }
}
