package io.genapi.simulator.openai;

import io.genapi.simulator.model.Prompt.Form;
import io.genapi.simulator.openai.ChatRequestReader.Refused;
import tools.jackson.databind.JsonNode;

/** Reads from {@code tools}, {@code tool_choice} and {@code response_format} what the answer must look like. */
final class FormReader {

    private final JsonNode root;

    FormReader(JsonNode root) {
        this.root = root;
    }

    Form read() throws Refused {
        JsonNode choice = root.path("tool_choice");
        if (choice.isObject()) {
            return namedTool(choice.path("function").path("name").stringValue(""));
        }
        if (choice.stringValue("").equals("required")) {
            return toolCall(tools().path(0));
        }
        return responseFormat();
    }

    private JsonNode tools() throws Refused {
        JsonNode tools = root.path("tools");
        if (!tools.isArray() || tools.isEmpty()) {
            throw ChatRequestReader.refuse(
                    "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
                    "tool_choice",
                    null);
        }
        return tools;
    }

    private Form namedTool(String name) throws Refused {
        for (JsonNode tool : tools()) {
            if (tool.path("function").path("name").stringValue("").equals(name)) {
                return toolCall(tool);
            }
        }
        throw ChatRequestReader.refuse(
                "Invalid value for 'tool_choice': no function named '%s' was specified in the 'tools' parameter."
                        .formatted(name),
                "tool_choice",
                null);
    }

    private static Form toolCall(JsonNode tool) throws Refused {
        JsonNode name = tool.path("function").path("name");
        if (!name.isString()) {
            throw ChatRequestReader.refuse(
                    "Missing required parameter: 'tools[0].function.name'.",
                    "tools[0].function.name",
                    "missing_required_parameter");
        }
        return new Form.ToolCall(name.stringValue(), tool.path("function").path("parameters"));
    }

    private Form responseFormat() throws Refused {
        JsonNode format = root.path("response_format");
        if (format.isMissingNode() || format.isNull()) {
            return new Form.Text();
        }
        return switch (format.path("type").stringValue("")) {
            case "text" -> new Form.Text();
            case "json_object" -> new Form.JsonObject();
            case "json_schema" -> schema(format.path("json_schema"));
            default ->
                throw ChatRequestReader.refuse(
                        "Invalid value: %s. Supported values are: 'text', 'json_object', and 'json_schema'."
                                .formatted(format.path("type")),
                        "response_format.type",
                        "invalid_value");
        };
    }

    private static Form schema(JsonNode jsonSchema) throws Refused {
        if (!jsonSchema.path("name").isString()) {
            throw ChatRequestReader.refuse(
                    "Missing required parameter: 'response_format.json_schema.name'.",
                    "response_format.json_schema.name",
                    "missing_required_parameter");
        }
        return new Form.JsonOf(jsonSchema.path("schema"));
    }
}
