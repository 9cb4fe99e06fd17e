package io.genapi.worker.dialect.gemini.request;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The functions that the model may call. Arguments that must fit their schema ({@code strict}) are Gemini's mode
 * {@code VALIDATED}.
 */
final class ToolDeclarations {

    private final ArrayNode declarations = JsonNodeFactory.instance.arrayNode();
    private final Set<String> names = new LinkedHashSet<>();
    private boolean strict;

    private ToolDeclarations() {}

    static void write(Fields request, ObjectNode body) {
        ToolDeclarations tools = new ToolDeclarations();
        request.objects("tools").forEach(tools::declare);
        if (!tools.declarations.isEmpty()) {
            body.putArray("tools").addObject().set("functionDeclarations", tools.declarations);
        }
        new ToolChoice(tools.names, tools.strict).write(request, body);
        if (!request.bool("parallel_tool_calls").orElse(true)) {
            request.findings()
                    .omitted(
                            "parallel_tool_calls",
                            "cannot be kept from several calls at once",
                            "Leave it out or send true.");
        }
    }

    private void declare(Fields tool) {
        tool.requiredText("type").ifPresent(type -> {
            if (type.equals("function")) {
                tool.requiredObject("function").ifPresent(this::function);
            } else {
                tool.findings().omitted(tool.path(), "has no tools of type '" + type + "'", "Send function tools.");
            }
        });
    }

    private void function(Fields function) {
        Optional<String> name = function.requiredText("name");
        Optional<String> description = function.text("description");
        Optional<Fields> parameters = function.object("parameters");
        strict |= function.bool("strict").orElse(false);
        name.ifPresent(value -> {
            names.add(value);
            ObjectNode declaration = declarations.addObject().put("name", value);
            description.ifPresent(text -> declaration.put("description", text));
            parameters
                    .flatMap(_ -> function.any("parameters"))
                    .ifPresent(schema -> declaration.set("parametersJsonSchema", schema));
        });
    }
}
