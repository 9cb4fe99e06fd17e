package io.genapi.simulator.gemini;

import io.genapi.simulator.model.Prompt.Form;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads from the tools, their configuration and the generation's what the answer must look like. */
final class FormReader {

    private static final Set<String> MODES = Set.of("", "MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED");

    private final JsonNode root;
    private final JsonNode config;

    FormReader(JsonNode root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    Form read() throws MalformedRequestException {
        Map<String, JsonNode> functions = functions();
        JsonNode calling = KnownNames.require(
                root.path("toolConfig").path("functionCallingConfig"),
                "functionCallingConfig",
                "tool_config.function_calling_config");
        String mode = calling.path("mode").stringValue("");
        if (!MODES.contains(mode)) {
            throw new MalformedRequestException(
                    "Invalid value at 'tool_config.function_calling_config.mode', \"%s\"".formatted(mode));
        }
        JsonNode allowed = calling.path("allowedFunctionNames");
        if (!allowed.isEmpty() && !mode.equals("ANY") && !mode.equals("VALIDATED")) {
            throw new MalformedRequestException(
                    "allowed_function_names should only be set when the function calling mode is ANY or VALIDATED.");
        }
        for (JsonNode name : allowed) {
            if (!functions.containsKey(name.stringValue(""))) {
                throw new MalformedRequestException(
                        "allowed_function_names contains a function that is not declared: " + name);
            }
        }
        if (mode.equals("ANY")) {
            return call(functions, allowed.path(0).stringValue(""));
        }
        return format();
    }

    private Map<String, JsonNode> functions() throws MalformedRequestException {
        Map<String, JsonNode> functions = new LinkedHashMap<>();
        for (JsonNode tool : root.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                KnownNames.require(function, "functionDeclaration", "tools.function_declarations");
                functions.put(function.path("name").stringValue(""), function);
            }
        }
        return functions;
    }

    private static Form call(Map<String, JsonNode> functions, String wanted) throws MalformedRequestException {
        if (functions.isEmpty()) {
            throw new MalformedRequestException("Function calling mode ANY needs function declarations.");
        }
        String name = wanted.isEmpty() ? functions.keySet().iterator().next() : wanted;
        JsonNode function = functions.getOrDefault(name, MissingNode.getInstance());
        return new Form.ToolCall(name, schema(function, "parametersJsonSchema", "parameters"));
    }

    private Form format() throws MalformedRequestException {
        String type = config.path("responseMimeType").stringValue("text/plain");
        boolean schema = config.has("responseSchema") || config.has("responseJsonSchema");
        return switch (type) {
            case "text/plain" -> {
                if (schema) {
                    throw new MalformedRequestException(
                            "A response schema needs the response mime type application/json.");
                }
                yield new Form.Text();
            }
            case "application/json" ->
                schema
                        ? new Form.JsonOf(schema(config, "responseJsonSchema", "responseSchema"))
                        : new Form.JsonObject();
            default ->
                throw new MalformedRequestException(
                        "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are"
                                + " `text/plain`, `application/json`, not `" + type + "`.");
        };
    }

    /** The JSON Schema, or the older OpenAPI schema, whose types are written in capitals. */
    private static JsonNode schema(JsonNode parent, String jsonSchema, String openApi) {
        return parent.has(jsonSchema)
                ? parent.path(jsonSchema)
                : lowerCaseTypes(parent.path(openApi).deepCopy());
    }

    private static JsonNode lowerCaseTypes(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("type").isString()) {
            object.put("type", object.path("type").stringValue().toLowerCase(Locale.ROOT));
        }
        schema.forEach(FormReader::lowerCaseTypes);
        return schema;
    }
}
