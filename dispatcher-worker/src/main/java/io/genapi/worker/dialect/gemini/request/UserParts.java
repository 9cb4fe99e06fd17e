package io.genapi.worker.dialect.gemini.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a user says and shows. */
final class UserParts {

    private final Resolution resolution;

    UserParts(Resolution resolution) {
        this.resolution = resolution;
    }

    List<ObjectNode> of(Fields message) {
        Optional<JsonNode> content = message.any("content");
        if (content.isEmpty()) {
            message.findings()
                    .malformed(message.at("content"), "is missing", "Send a string or an array of content parts.");
            return List.of();
        }
        if (content.get().isString()) {
            return List.of(TextParts.text(content.get().stringValue()));
        }
        List<ObjectNode> parts = new ArrayList<>();
        for (Fields part : message.objects("content")) {
            part.requiredText("type").flatMap(type -> part(type, part)).ifPresent(parts::add);
        }
        if (message.isEmptyArray("content")) {
            message.findings().malformed(message.at("content"), "is an empty array", "Send at least one part.");
        }
        return parts;
    }

    private Optional<ObjectNode> part(String type, Fields part) {
        return switch (type) {
            case "text" -> part.requiredText("text").map(TextParts::text);
            case "image_url" -> part.requiredObject("image_url").flatMap(this::image);
            case "input_audio" -> part.requiredObject("input_audio").flatMap(Media::audio);
            case "file" -> part.requiredObject("file").flatMap(Media::file);
            default -> {
                part.findings()
                        .malformed(part.at("type"), "is '" + type + "'", "Send text, image_url, input_audio or file.");
                yield Optional.empty();
            }
        };
    }

    private Optional<ObjectNode> image(Fields image) {
        resolution.note(image);
        return image.requiredText("url").flatMap(url -> Media.at(url, image.at("url"), image.findings()));
    }
}
