package io.genapi.gateway.responses;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The items of a response's output: what the model thought, said, and wants to be called, in this order. */
final class OutputItems {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OutputItems() {}

    /** Those of a {@code chat.completion}. */
    static ArrayNode of(ResponseId id, JsonNode completion) {
        ArrayNode items = JSON.arrayNode();
        JsonNode choice = completion.path("choices").path(0);
        JsonNode message = choice.path("message");
        ResponseStatus status = incompleteReason(choice.path("finish_reason")).isPresent()
                ? ResponseStatus.INCOMPLETE
                : ResponseStatus.COMPLETED;
        text(message, "reasoning_content")
                .ifPresent(thought -> items.add(reasoning(
                        reasoningId(id),
                        ResponseStatus.COMPLETED,
                        JSON.arrayNode().add(reasoningText(thought)))));
        ArrayNode content = content(message, choice.path("logprobs"));
        if (!content.isEmpty()) {
            items.add(message(messageId(id), status, content));
        }
        int number = 0;
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            items.add(functionCall(
                    functionCallId(id, number++),
                    ResponseStatus.COMPLETED,
                    call.path("id").asString(""),
                    function.path("name").asString(""),
                    function.path("arguments").asString("")));
        }
        return items;
    }

    private static ArrayNode content(JsonNode message, JsonNode logprobs) {
        ArrayNode content = JSON.arrayNode();
        text(message, "content").ifPresent(text -> content.add(outputText(text, logprobs(logprobs))));
        text(message, "refusal").ifPresent(text -> content.add(refusal(text)));
        return content;
    }

    private static Optional<String> text(JsonNode message, String name) {
        return Optional.of(message.path(name).asString("")).filter(text -> !text.isEmpty());
    }

    /** Why an answer is not whole, as OpenAI calls it, where it is not. */
    static Optional<String> incompleteReason(JsonNode finishReason) {
        return switch (finishReason.asString("")) {
            case "length" -> Optional.of("max_output_tokens");
            case "content_filter" -> Optional.of("content_filter");
            default -> Optional.empty();
        };
    }

    static ArrayNode logprobs(JsonNode logprobs) {
        return logprobs.path("content") instanceof ArrayNode tokens ? tokens.deepCopy() : JSON.arrayNode();
    }

    static String messageId(ResponseId id) {
        return "msg_" + id.digits();
    }

    static String reasoningId(ResponseId id) {
        return "rs_" + id.digits();
    }

    /** @param number among the calls, from 0 */
    static String functionCallId(ResponseId id, int number) {
        return "fc_" + id.digits() + "_" + number;
    }

    static ObjectNode message(String id, ResponseStatus status, ArrayNode content) {
        ObjectNode item = item("message", id, status).put("role", "assistant");
        item.set("content", content);
        return item;
    }

    static ObjectNode reasoning(String id, ResponseStatus status, ArrayNode content) {
        ObjectNode item = item("reasoning", id, status);
        item.putArray("summary");
        item.set("content", content);
        return item;
    }

    static ObjectNode functionCall(String id, ResponseStatus status, String callId, String name, String arguments) {
        return item("function_call", id, status)
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", arguments);
    }

    private static ObjectNode item(String type, String id, ResponseStatus status) {
        return JSON.objectNode().put("type", type).put("id", id).put("status", status.wireName());
    }

    static ObjectNode outputText(String text, ArrayNode logprobs) {
        ObjectNode part = JSON.objectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.set("logprobs", logprobs);
        return part;
    }

    static ObjectNode refusal(String refusal) {
        return JSON.objectNode().put("type", "refusal").put("refusal", refusal);
    }

    static ObjectNode reasoningText(String text) {
        return JSON.objectNode().put("type", "reasoning_text").put("text", text);
    }
}
