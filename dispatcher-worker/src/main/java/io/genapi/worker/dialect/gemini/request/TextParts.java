package io.genapi.worker.dialect.gemini.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A message's content where it is text alone: a string, or an array of text parts. */
final class TextParts {

    private TextParts() {}

    static ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }

    /** One part for each text; a message without any is found malformed. */
    static List<ObjectNode> of(Fields message) {
        Optional<JsonNode> content = message.any("content");
        if (content.isEmpty()) {
            message.findings().malformed(message.at("content"), "is missing", "Send a string.");
            return List.of();
        }
        return of(message, content.get());
    }

    static List<ObjectNode> of(Fields message, JsonNode content) {
        if (content.isString()) {
            return List.of(text(content.stringValue()));
        }
        List<ObjectNode> parts = new ArrayList<>();
        for (Fields part : message.objects("content")) {
            part.requiredText("type").ifPresent(type -> {
                switch (type) {
                    case "text" -> part.requiredText("text").ifPresent(text -> parts.add(text(text)));
                    case "refusal" -> part.requiredText("refusal").ifPresent(text -> parts.add(text(text)));
                    default ->
                        part.findings()
                                .malformed(part.at("type"), "is '" + type + "'", "A message of this role holds text.");
                }
            });
        }
        return parts;
    }

    /** The texts of {@link #of(Fields)}, joined. */
    static String joined(Fields message) {
        StringBuilder joined = new StringBuilder();
        of(message).forEach(part -> joined.append(part.path("text").stringValue("")));
        return joined.toString();
    }
}
