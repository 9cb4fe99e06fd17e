package io.genapi.worker.image;

import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.worker.image.ImageSource.Fetching.Fetched;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The images that a chat completion request names by http addresses. Holds the request's tree; not thread-safe. */
final class ImageReferences {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode request;
    private final List<Reference> references;

    /**
     * One of them.
     *
     * @param at as the caller must look for it, such as {@code messages[0].content[1].image_url.url}
     */
    record Reference(String at, String url, ObjectNode holder) {}

    private ImageReferences(JsonNode request, List<Reference> references) {
        this.request = request;
        this.references = references;
    }

    static ImageReferences in(ChatRequestBody body) {
        List<Reference> references = new ArrayList<>();
        try {
            JsonNode request = JSON.readTree(body.bytes());
            JsonNode messages = request.path("messages");
            for (int message = 0; message < messages.size(); message++) {
                JsonNode content = messages.path(message).path("content");
                for (int part = 0; content.isArray() && part < content.size(); part++) {
                    String at = "messages[%d].content[%d].image_url.url".formatted(message, part);
                    if (content.path(part).path("image_url") instanceof ObjectNode image && isAddress(image)) {
                        references.add(new Reference(at, image.path("url").stringValue(), image));
                    }
                }
            }
            return new ImageReferences(request, references);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("a body that was read is no JSON", malformed);
        }
    }

    private static boolean isAddress(ObjectNode image) {
        String url = image.path("url").stringValue("").toLowerCase(Locale.ROOT);
        return url.startsWith("http://") || url.startsWith("https://");
    }

    List<Reference> all() {
        return references;
    }

    /** Puts an image in the place of its address. */
    void replace(Reference reference, Fetched image) {
        reference
                .holder()
                .put(
                        "url",
                        "data:%s;base64,%s"
                                .formatted(image.type(), Base64.getEncoder().encodeToString(image.bytes())));
    }

    /** The request with what was replaced so far. */
    ChatRequestBody body() {
        return switch (ChatRequestReader.read(JSON.writeValueAsBytes(request))) {
            case ChatRequestReading.Valid(var body) -> body;
            case ChatRequestReading.Invalid(var error) ->
                throw new IllegalStateException("inlining an image spoilt the request: " + error.message());
        };
    }
}
