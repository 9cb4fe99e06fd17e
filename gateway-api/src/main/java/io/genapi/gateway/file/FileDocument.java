package io.genapi.gateway.file;

import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Files in the shape of <a href="https://platform.openai.com/docs/api-reference/files/object">OpenAI's</a>, in UTF-8. */
public final class FileDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private FileDocument() {}

    public static byte[] of(StoredFile file) {
        return written(json -> write(json, file));
    }

    public static byte[] page(List<StoredFile> files, boolean more) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            files.forEach(file -> write(json, file));
            json.writeEndArray();
            json.writeName("first_id");
            json.writeString(files.isEmpty() ? null : files.getFirst().id().value());
            json.writeName("last_id");
            json.writeString(files.isEmpty() ? null : files.getLast().id().value());
            json.writeBooleanProperty("has_more", more);
            json.writeEndObject();
        });
    }

    public static byte[] deleted(FileId id) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("object", "file");
            json.writeBooleanProperty("deleted", true);
            json.writeStringProperty("id", id.value());
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, StoredFile file) {
        json.writeStartObject();
        json.writeStringProperty("object", "file");
        json.writeStringProperty("id", file.id().value());
        json.writeStringProperty("purpose", file.purpose().wireName());
        json.writeStringProperty("filename", file.name());
        json.writeNumberProperty("bytes", file.bytes());
        json.writeNumberProperty("created_at", file.createdAt().getEpochSecond());
        json.writeNumberProperty("expires_at", file.expiresAt().getEpochSecond());
        json.writeStringProperty("status", "processed");
        json.writeNullProperty("status_details");
        json.writeEndObject();
    }

    private static byte[] written(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }
}
