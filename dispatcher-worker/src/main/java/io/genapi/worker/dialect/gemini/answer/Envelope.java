package io.genapi.worker.dialect.gemini.answer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all of one answer's objects have in common.
 *
 * @param responseId Gemini's, or one made of the answer where it gives none
 */
record Envelope(String responseId, String model, Instant created) {

    static Envelope of(JsonNode response, Instant created) {
        String id = response.path("responseId").stringValue("");
        return new Envelope(
                id.isEmpty()
                        ? UUID.nameUUIDFromBytes(response.toString().getBytes(StandardCharsets.UTF_8))
                                .toString()
                        : id,
                response.path("modelVersion").stringValue("gemini"),
                created);
    }

    ObjectNode of(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + responseId)
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", model);
    }

    /** What the ids of a choice's tool calls start with where Gemini gives them none. */
    String callIds(int choice) {
        return "call_" + responseId + "_" + choice + "_";
    }
}
