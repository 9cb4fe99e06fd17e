package io.genapi.worker.dialect.gemini.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of a candidate, or of what an event adds to it, sorted.
 *
 * @param text what is said, empty if nothing
 * @param thoughts a summary of what was thought, empty if none is told
 * @param toolCalls in OpenAI's form
 * @param images in the form of a message's {@code image_url} parts
 * @param signature of the thoughts that led to the text
 */
record AnswerParts(
        String text, String thoughts, List<ObjectNode> toolCalls, List<ObjectNode> images, Optional<String> signature) {

    AnswerParts {
        toolCalls = List.copyOf(toolCalls);
        images = List.copyOf(images);
    }

    /**
     * Reads a candidate's parts.
     *
     * @param idPrefix for the ids of calls that Gemini gave none, of this candidate alone
     * @param callsBefore how many calls the candidate has made before these parts
     */
    static AnswerParts of(JsonNode candidate, String idPrefix, int callsBefore) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<ObjectNode> calls = new ArrayList<>();
        List<ObjectNode> images = new ArrayList<>();
        Optional<String> signature = Optional.empty();
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (part.path("functionCall").isObject()) {
                calls.add(call(part, idPrefix + (callsBefore + calls.size())));
            } else if (part.path("inlineData").isObject()) {
                images.add(image(part.path("inlineData")));
            } else if (part.path("thought").booleanValue(false)) {
                thoughts.append(part.path("text").stringValue(""));
            } else {
                text.append(part.path("text").stringValue(""));
                Optional<String> own = Signature.of(part);
                signature = own.isPresent() ? own : signature;
            }
        }
        return new AnswerParts(text.toString(), thoughts.toString(), calls, images, signature);
    }

    private static ObjectNode call(JsonNode part, String madeUpId) {
        JsonNode theirs = part.path("functionCall");
        String id = theirs.path("id").stringValue("");
        ObjectNode call = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.isEmpty() ? madeUpId : id)
                .put("type", "function");
        JsonNode arguments = theirs.path("args");
        call.putObject("function")
                .put("name", theirs.path("name").stringValue(""))
                .put("arguments", arguments.isObject() ? arguments.toString() : "{}");
        Signature.of(part).ifPresent(signature -> Signature.put(signature, call));
        return call;
    }

    private static ObjectNode image(JsonNode data) {
        ObjectNode image = JsonNodeFactory.instance.objectNode().put("type", "image_url");
        image.putObject("image_url")
                .put(
                        "url",
                        "data:%s;base64,%s"
                                .formatted(
                                        data.path("mimeType").stringValue("application/octet-stream"),
                                        data.path("data").stringValue("")));
        return image;
    }

    /** Whether there is nothing at all in them. */
    boolean isEmpty() {
        return !saySomething() && thoughts.isEmpty() && signature.isEmpty();
    }

    boolean saySomething() {
        return !text.isEmpty() || !toolCalls.isEmpty() || !images.isEmpty();
    }
}
