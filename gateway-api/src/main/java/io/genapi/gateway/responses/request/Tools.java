package io.genapi.gateway.responses.request;

import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions that the model may call, which a response's request has flat and a chat completion's nested. */
final class Tools {

    private static final Set<String> CHOICES = Set.of("auto", "none", "required");

    private Tools() {}

    static void translate(Field request, ObjectNode chat) {
        Field tools = request.at("tools");
        boolean any = tools.isPresent() && !tools.elements().isEmpty();
        if (any) {
            ArrayNode functions = chat.putArray("tools");
            tools.elements().forEach(tool -> function(tool.object(), functions.addObject()));
            request.given("parallel_tool_calls").ifPresent(flag -> chat.put("parallel_tool_calls", flag.flag()));
        }
        request.given("tool_choice").ifPresent(choice -> choose(choice, any, chat));
    }

    private static void function(Field tool, ObjectNode chat) {
        if (!tool.required("type").equals("function")) {
            throw tool.at("type")
                    .unsupported("Send tools of type function only, and do the work of other tools in your own code.");
        }
        chat.put("type", "function");
        ObjectNode function = chat.putObject("function").put("name", tool.required("name"));
        tool.given("description").ifPresent(text -> function.put("description", text.text()));
        tool.given("parameters").ifPresent(schema -> function.set("parameters", schema.node()));
        tool.given("strict").ifPresent(flag -> function.put("strict", flag.flag()));
    }

    private static void choose(Field choice, boolean any, ObjectNode chat) {
        if (choice.isText()) {
            if (!CHOICES.contains(choice.text())) {
                throw choice.wrong(Field.oneOf(CHOICES));
            }
            // Without tools there is nothing to choose from, and vendors object to a choice.
            if (any || choice.text().equals("required")) {
                chat.put("tool_choice", choice.text());
            }
            return;
        }
        switch (choice.object().required("type")) {
            case "function" -> named(choice, chat.putObject("tool_choice"));
            case "allowed_tools" -> {
                ObjectNode allowed = chat.putObject("tool_choice")
                        .put("type", "allowed_tools")
                        .putObject("allowed_tools")
                        .put("mode", choice.required("mode"));
                ArrayNode tools = allowed.putArray("tools");
                choice.at("tools").elements().forEach(tool -> {
                    if (!tool.object().required("type").equals("function")) {
                        throw tool.at("type").unsupported("Only tools of type function can be allowed.");
                    }
                    named(tool, tools.addObject());
                });
            }
            default ->
                throw choice.at("type")
                        .unsupported("Send auto, none, required, or an object of type function or allowed_tools.");
        }
    }

    private static void named(Field tool, ObjectNode chat) {
        chat.put("type", "function").putObject("function").put("name", tool.required("name"));
    }
}
