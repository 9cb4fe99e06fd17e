package io.genapi.worker.dialect.gemini.request;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Text, JSON or JSON of a schema. */
final class OutputFormat {

    private static final String FIELD = "response_format";
    private static final String JSON = "application/json";

    private OutputFormat() {}

    static void write(Fields request, ObjectNode config) {
        request.object(FIELD)
                .ifPresent(format -> format.requiredText("type").ifPresent(type -> {
                    switch (type) {
                        case "text" -> {}
                        case "json_object" -> config.put("responseMimeType", JSON);
                        case "json_schema" ->
                            format.requiredObject("json_schema").ifPresent(wanted -> schema(wanted, config));
                        default ->
                            request.findings()
                                    .omitted(
                                            format.at("type"),
                                            "has no format '" + type + "'",
                                            "Send text, json_object or json_schema.");
                    }
                }));
    }

    private static void schema(Fields wanted, ObjectNode config) {
        // The name is for people and for OpenAI's caches: Gemini has no place for it, and needs none.
        Optional<String> _ = wanted.requiredText("name");
        config.put("responseMimeType", JSON);
        Optional<JsonNode> schema = wanted.object("schema").flatMap(_ -> wanted.any("schema"));
        Optional<String> description = wanted.text("description");
        schema.ifPresent(node -> config.set("responseJsonSchema", described((ObjectNode) node, description)));
        if (schema.isEmpty() && description.isPresent()) {
            wanted.findings()
                    .omitted(wanted.at("description"), "describes formats in their schema", "Send a schema with it.");
        }
    }

    private static ObjectNode described(ObjectNode schema, Optional<String> description) {
        if (description.isEmpty() || schema.has("description")) {
            return schema;
        }
        return schema.deepCopy().put("description", description.get());
    }
}
