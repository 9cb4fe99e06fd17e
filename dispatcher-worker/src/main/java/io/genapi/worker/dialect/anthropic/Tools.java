package io.genapi.worker.dialect.anthropic;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}.
 *
 * @see <a href="https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview">Anthropic's guide</a>
 */
final class Tools {

    private final Objections objections;

    Tools(Objections objections) {
        this.objections = objections;
    }

    void translate(Place root, ObjectNode body) {
        ArrayNode tools = JsonNodeFactory.instance.arrayNode();
        Place declared = root.at("tools");
        if (declared.given() && !declared.value().isArray()) {
            objections.malformed(declared, "Send an array of tools.");
        }
        for (Place tool : declared.items()) {
            tool(tool, tools);
        }
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
        choice(root, tools, body);
    }

    private void tool(Place tool, ArrayNode tools) {
        Place type = tool.at("type");
        if (!type.is("function")) {
            objections.impossible(type, "Send tools of the type 'function'.");
            return;
        }
        Place function = tool.at("function");
        Place name = function.at("name");
        if (name.text().isEmpty()) {
            objections.malformed(name, "Send the name of the function.");
            return;
        }
        ObjectNode translated = tools.addObject().put("name", name.text());
        Place description = function.at("description");
        if (description.value().isString()) {
            translated.put("description", description.text());
        } else if (description.given()) {
            objections.malformed(description, "Send a string.");
        }
        Place parameters = function.at("parameters");
        if (parameters.value() instanceof ObjectNode schema && !schema.isEmpty()) {
            translated.set(
                    "input_schema",
                    schema.has("type") ? schema : schema.deepCopy().put("type", "object"));
        } else {
            translated.putObject("input_schema").put("type", "object").putObject("properties");
            if (parameters.given() && !parameters.value().isObject()) {
                objections.malformed(parameters, "Send a JSON Schema of the type 'object'.");
            }
        }
        flag(function.at("strict"));
        if (function.at("strict").value().booleanValue(false)) {
            translated.put("strict", true);
        }
    }

    private void choice(Place root, ArrayNode tools, ObjectNode body) {
        Place choice = root.at("tool_choice");
        Place parallel = root.at("parallel_tool_calls");
        flag(parallel);
        ObjectNode translated = JsonNodeFactory.instance.objectNode();
        if (choice.value().isObject()) {
            named(choice, tools, translated);
        } else if (choice.given()) {
            switch (choice.text()) {
                case "auto", "none" -> translated.put("type", choice.text());
                case "required" -> translated.put("type", "any");
                default -> objections.malformed(choice, "Send 'auto', 'none', 'required' or a function to call.");
            }
        }
        if (tools.isEmpty()) {
            if (choice.given() && !choice.is("auto") && !choice.is("none")) {
                objections.malformed(choice, "Send tools to choose from.");
            }
            return;
        }
        if (parallel.given()
                && !parallel.value().booleanValue(true)
                && !translated.path("type").stringValue("").equals("none")) {
            if (translated.isEmpty()) {
                translated.put("type", "auto");
            }
            translated.put("disable_parallel_tool_use", true);
        }
        if (!translated.isEmpty()) {
            body.set("tool_choice", translated);
        }
    }

    private void named(Place choice, ArrayNode tools, ObjectNode translated) {
        if (!choice.at("type").is("function")) {
            objections.unsupported(choice.at("type"), "Send 'auto', 'none', 'required' or a function to call.");
            return;
        }
        Place name = choice.at("function").at("name");
        boolean known = tools.valueStream()
                .anyMatch(tool -> tool.path("name").stringValue("").equals(name.text()));
        if (!known) {
            objections.malformed(name, "Send the name of one of the tools.");
        }
        translated.put("type", "tool").put("name", name.text());
    }

    private void flag(Place flag) {
        if (flag.given() && !flag.value().isBoolean()) {
            objections.malformed(flag, "Send true or false.");
        }
    }
}
