package io.genapi.gateway.model;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.job.ModelName;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The catalog's models in the shape of <a href="https://platform.openai.com/docs/api-reference/models">OpenAI's</a>. */
public final class ModelList {

    private static final JsonFactory JSON = new JsonFactory();

    private final VendorCatalog catalog;
    private final Instant created;

    /** @param created of every model: since when the catalog says what it says */
    public ModelList(VendorCatalog catalog, Instant created) {
        this.catalog = catalog;
        this.created = created;
    }

    /** All models, in UTF-8. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            catalog.models().forEach(model -> write(json, model));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** One model, in UTF-8; empty where nobody serves it. */
    public Optional<byte[]> toJson(ModelName model) {
        if (catalog.route(model).isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, model);
        }
        return Optional.of(bytes.toByteArray());
    }

    private void write(JsonGenerator json, ModelName model) {
        json.writeStartObject();
        json.writeStringProperty("id", model.value());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", created.getEpochSecond());
        json.writeStringProperty(
                "owned_by",
                catalog.route(model)
                        .orElseThrow()
                        .candidates()
                        .getFirst()
                        .vendor()
                        .name()
                        .value());
        json.writeEndObject();
    }
}
