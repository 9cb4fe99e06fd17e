package io.genapi.gateway.responses.request;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The content of messages: text as it is, else its parts in a chat completion's words. */
final class ContentParts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ContentParts() {}

    /** Sets what a user, a system or a developer says. */
    static void said(Field content, ObjectNode message) {
        if (content.isText()) {
            message.put("content", content.text());
            return;
        }
        ArrayNode parts = message.putArray("content");
        content.elements().forEach(part -> parts.add(input(part)));
    }

    /** Sets what the model said before. */
    static void answered(Field content, ObjectNode message) {
        if (content.isText()) {
            message.put("content", content.text());
            return;
        }
        ArrayNode parts = JSON.arrayNode();
        for (Field part : content.elements()) {
            switch (part.object().required("type")) {
                case "output_text", "input_text" -> parts.add(text(part.required("text")));
                case "refusal" ->
                    parts.add(JSON.objectNode().put("type", "refusal").put("refusal", part.required("refusal")));
                default -> throw part.at("type").wrong("What an assistant said is output_text or refusal.");
            }
        }
        // A single text travels as such, for not every vendor takes an assistant's parts.
        if (parts.size() == 1 && parts.get(0).has("text")) {
            message.set("content", parts.get(0).get("text"));
        } else {
            message.set("content", parts);
        }
    }

    /** Sets what came of a tool call. */
    static void result(Field output, ObjectNode message) {
        if (output.isText()) {
            message.put("content", output.text());
            return;
        }
        ArrayNode parts = message.putArray("content");
        for (Field part : output.elements()) {
            if (!part.object().required("type").equals("input_text")) {
                throw part.at("type").unsupported("What came of a tool call is told in text: send input_text.");
            }
            parts.add(text(part.required("text")));
        }
    }

    private static ObjectNode input(Field part) {
        return switch (part.object().required("type")) {
            case "input_text", "output_text" -> text(part.required("text"));
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> throw part.at("type").unsupported("Send input_text, input_image, input_file or input_audio.");
        };
    }

    private static ObjectNode text(String text) {
        return JSON.objectNode().put("type", "text").put("text", text);
    }

    private static ObjectNode image(Field part) {
        part.given("file_id").ifPresent(id -> {
            throw id.unsupported("Send the image as image_url: an http(s) or data URL.");
        });
        ObjectNode image = JSON.objectNode().put("type", "image_url");
        ObjectNode url = image.putObject("image_url").put("url", part.required("image_url"));
        part.given("detail").ifPresent(detail -> url.put("detail", detail.text()));
        return image;
    }

    private static ObjectNode file(Field part) {
        for (String elsewhere : new String[] {"file_id", "file_url"}) {
            part.given(elsewhere).ifPresent(field -> {
                throw field.unsupported("Send the file itself as file_data, in base64, with its filename.");
            });
        }
        ObjectNode file = JSON.objectNode().put("type", "file");
        ObjectNode data = file.putObject("file").put("file_data", part.required("file_data"));
        part.given("filename").ifPresent(name -> data.put("filename", name.text()));
        return file;
    }

    private static ObjectNode audio(Field part) {
        ObjectNode audio = JSON.objectNode().put("type", "input_audio");
        audio.set("input_audio", part.at("input_audio").node());
        return audio;
    }
}
