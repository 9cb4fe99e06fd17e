package io.genapi.gateway.responses;

import io.genapi.gateway.responses.request.RequestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model was given to make a response: <a href="https://platform.openai.com/docs/api-reference/responses/input-items">
 * the items of its input</a>, made again of the chat completion's messages. What was said in earlier responses is among
 * them, the instructions are not.
 */
public final class GivenItems {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String digits;
    private final List<GivenItem> items = new ArrayList<>();

    private GivenItems(ResponseId id) {
        this.digits = id.digits();
    }

    /**
     * In the order in which they were given. The same items have the same ids each time.
     *
     * @param body the chat completion request
     */
    public static List<GivenItem> of(StoredResponse response, byte[] body) {
        GivenItems given = new GivenItems(response.id());
        boolean first = true;
        for (JsonNode message : messages(body)) {
            if (!first || !response.instructed()) {
                given.add(message);
            }
            first = false;
        }
        return List.copyOf(given.items);
    }

    private static JsonNode messages(byte[] body) {
        try {
            return RequestJson.read(body).path("messages");
        } catch (JacksonException malformed) {
            return JSON.arrayNode();
        }
    }

    private void add(JsonNode message) {
        switch (message.path("role").asString("")) {
            case "tool" ->
                add("function_call_output", "fco_", item -> {
                    item.put("call_id", message.path("tool_call_id").asString(""));
                    item.set("output", output(message.path("content")));
                });
            case "assistant" -> {
                if (!said(message).isEmpty()) {
                    addMessage("assistant", () -> said(message));
                }
                message.path("tool_calls").forEach(this::addCall);
            }
            case String role -> addMessage(role, () -> parts(message.path("content")));
        }
    }

    private interface Content {
        void write(ObjectNode item);
    }

    private void add(String type, String prefix, Content content) {
        int place = items.size();
        String id = prefix + digits + "_given_" + place;
        items.add(new GivenItem(place, id, () -> {
            ObjectNode item = JSON.objectNode()
                    .put("type", type)
                    .put("id", id)
                    .put("status", ResponseStatus.COMPLETED.wireName());
            content.write(item);
            return item;
        }));
    }

    private void addMessage(String role, Supplier<ArrayNode> content) {
        add("message", "msg_", item -> item.put("role", role).set("content", content.get()));
    }

    private void addCall(JsonNode call) {
        add("function_call", "fc_", item -> {
            JsonNode function = call.path("function");
            item.put("call_id", call.path("id").asString(""))
                    .put("name", function.path("name").asString(""))
                    .put("arguments", function.path("arguments").asString(""));
        });
    }

    /** Of a tool: text as such, or its parts. */
    private static JsonNode output(JsonNode content) {
        return content.isArray() ? parts(content) : JSON.stringNode(content.asString(""));
    }

    private static ArrayNode parts(JsonNode content) {
        ArrayNode parts = JSON.arrayNode();
        if (content.isString()) {
            parts.add(text(content));
        }
        if (content.isArray()) {
            content.forEach(part -> parts.add(part(part)));
        }
        return parts;
    }

    private static ObjectNode text(JsonNode text) {
        ObjectNode part = JSON.objectNode().put("type", "input_text");
        part.set("text", text);
        return part;
    }

    private static ObjectNode part(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "text" -> text(part.path("text"));
            case "image_url" -> {
                ObjectNode image = JSON.objectNode()
                        .put("type", "input_image")
                        .put("detail", part.path("image_url").path("detail").asString("auto"));
                image.set("image_url", part.path("image_url").path("url"));
                yield image;
            }
            case "file" -> {
                ObjectNode file = JSON.objectNode().put("type", "input_file");
                part.path("file").properties().forEach(member -> file.set(member.getKey(), member.getValue()));
                yield file;
            }
            default -> part instanceof ObjectNode other ? other.deepCopy() : text(JSON.stringNode(part.toString()));
        };
    }

    private static ArrayNode said(JsonNode message) {
        ArrayNode said = JSON.arrayNode();
        JsonNode content = message.path("content");
        if (content.isArray()) {
            content.forEach(part -> add(said, part.path("text"), part.path("refusal")));
        } else {
            add(said, content, message.path("refusal"));
        }
        return said;
    }

    private static void add(ArrayNode said, JsonNode text, JsonNode refusal) {
        nonEmpty(text).ifPresent(words -> said.add(OutputItems.outputText(words, JSON.arrayNode())));
        nonEmpty(refusal).ifPresent(words -> said.add(OutputItems.refusal(words)));
    }

    private static Optional<String> nonEmpty(JsonNode text) {
        return Optional.of(text.asString("")).filter(words -> !words.isEmpty());
    }
}
