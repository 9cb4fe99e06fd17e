package io.genapi.worker.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A message's {@code content} as blocks. Empty texts are left out: Anthropic takes none, and they say nothing. */
final class ContentParts {

    private final Objections objections;
    private final Attachments attachments;

    ContentParts(Objections objections) {
        this.objections = objections;
        this.attachments = new Attachments(objections);
    }

    /** What may hold nothing but text; what is absent is no text. */
    List<ObjectNode> texts(Place content) {
        return content.given() ? blocks(content, false) : List.of();
    }

    List<ObjectNode> userContent(Place content) {
        List<ObjectNode> blocks = blocks(content, true);
        if (blocks.isEmpty() && content.given()) {
            objections.impossible(content, "It takes no empty message: send a text that is not empty.");
        }
        return blocks;
    }

    /** Anthropic takes images in results too, though OpenAI only names texts. */
    List<ObjectNode> toolContent(Place content) {
        return blocks(content, true);
    }

    private List<ObjectNode> blocks(Place content, boolean attached) {
        List<ObjectNode> blocks = new ArrayList<>();
        if (content.value().isString()) {
            text(content.text()).ifPresent(blocks::add);
        } else if (content.value().isArray()) {
            content.items().forEach(part -> block(part, attached).ifPresent(blocks::add));
        } else {
            objections.malformed(content, "Send a string, or an array of content parts.");
        }
        return blocks;
    }

    private Optional<ObjectNode> block(Place part, boolean attached) {
        Place type = part.at("type");
        return switch (type.text()) {
            case "text" -> text(part.at("text"));
            case "refusal" -> text(part.at("refusal"));
            case "image_url" -> attached ? attachments.image(part.at("image_url")) : misplaced(type);
            case "file" -> attached ? attachments.file(part.at("file")) : misplaced(type);
            case "input_audio" -> {
                objections.impossible(part.at("input_audio"), "Send a transcript as text.");
                yield Optional.empty();
            }
            default -> {
                objections.malformed(type, "Send one of 'text', 'image_url' and 'file'.");
                yield Optional.empty();
            }
        };
    }

    private Optional<ObjectNode> misplaced(Place type) {
        objections.malformed(type, "Send it in a message of the user's; here there can only be text.");
        return Optional.empty();
    }

    private Optional<ObjectNode> text(Place text) {
        if (!text.value().isString()) {
            objections.malformed(text, "Send a string.");
        }
        return text(text.text());
    }

    private static Optional<ObjectNode> text(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "text")
                        .put("text", text));
    }
}
