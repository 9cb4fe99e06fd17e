package io.genapi.gateway.responses.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response's input as chat messages. What the model said and the calls that it made right then are one message, as chat
 * completions have it. Reasoning is left out: vendors' chat completions give none back, and take none.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/create#responses-create-input">OpenAI's items</a>
 */
final class InputItems {

    private final List<ObjectNode> messages = new ArrayList<>();

    private InputItems() {}

    static List<ObjectNode> messages(Field input) {
        InputItems items = new InputItems();
        if (input.isText()) {
            items.message("user").put("content", input.text());
        } else {
            List<Field> elements = input.elements();
            if (elements.isEmpty()) {
                throw ObjectionException.of(
                        "invalid_value",
                        input.path(),
                        "Invalid value for 'input': an empty array. Send at least one item.");
            }
            elements.forEach(element -> items.add(element.object()));
        }
        return items.messages;
    }

    private void add(Field item) {
        String type = item.given("type").map(Field::text).orElse("message");
        switch (type) {
            case "message" -> addMessage(item);
            case "function_call" -> addCall(item);
            case "function_call_output" ->
                ContentParts.result(item.at("output"), message("tool").put("tool_call_id", item.required("call_id")));
            case "reasoning" -> {}
            case "item_reference" ->
                throw item.at("type")
                        .unsupported(
                                "Send the item itself, or name the response that it is of as previous_response_id.");
            default ->
                throw item.at("type")
                        .unsupported("Send items of type message, function_call, function_call_output or reasoning.");
        }
    }

    private void addMessage(Field item) {
        String role = item.required("role");
        Field content = item.at("content");
        switch (role) {
            case "user", "system", "developer" -> ContentParts.said(content, message(role));
            case "assistant" -> ContentParts.answered(content, message(role));
            default -> throw item.at("role").wrong("Send user, assistant, system or developer.");
        }
    }

    private void addCall(Field item) {
        ObjectNode speaker = !messages.isEmpty() && isAssistant(messages.getLast())
                ? messages.getLast()
                : message("assistant").putNull("content");
        ArrayNode calls = speaker.get("tool_calls") instanceof ArrayNode known ? known : speaker.putArray("tool_calls");
        ObjectNode call = calls.addObject().put("id", item.required("call_id")).put("type", "function");
        call.putObject("function").put("name", item.required("name")).put("arguments", item.required("arguments"));
    }

    private static boolean isAssistant(ObjectNode message) {
        return message.path("role").asString("").equals("assistant");
    }

    private ObjectNode message(String role) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", role);
        messages.add(message);
        return message;
    }
}
