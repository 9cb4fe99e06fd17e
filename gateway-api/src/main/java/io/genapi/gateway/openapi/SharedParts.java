package io.genapi.gateway.openapi;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What several operations have in common, so that it is told once and referred to. */
final class SharedParts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String kind;
    private final Map<JsonNode, Integer> uses = new HashMap<>();
    private final Map<JsonNode, String> names = new HashMap<>();
    private final ObjectNode told = JSON.objectNode();

    /** @param kind of parts, as the document's components call it */
    private SharedParts(String kind) {
        this.kind = kind;
    }

    /** Moves what occurs more than once into the components. */
    static void move(ObjectNode paths, ObjectNode components) {
        SharedParts parameters = new SharedParts("parameters");
        SharedParts responses = new SharedParts("responses");
        paths.forEach(path -> path.forEach(operation -> {
            operation.path("parameters").forEach(parameters::count);
            operation.path("responses").forEach(responses::count);
        }));
        paths.forEach(path -> path.forEach(operation -> {
            if (operation.path("parameters") instanceof ArrayNode array) {
                for (int at = 0; at < array.size(); at++) {
                    array.set(
                            at,
                            parameters.part(
                                    array.get(at), array.get(at).path("name").asString()));
                }
            }
            operation
                    .path("responses")
                    .properties()
                    .forEach(response -> response.setValue(responses.part(
                            response.getValue(),
                            response.getKey().equals("default") ? "OtherStatus" : "Status" + response.getKey())));
        }));
        components.set(parameters.kind, parameters.told);
        components.set(responses.kind, responses.told);
    }

    private void count(JsonNode part) {
        uses.merge(part, 1, Integer::sum);
    }

    private JsonNode part(JsonNode part, String name) {
        if (uses.getOrDefault(part, 0) < 2) {
            return part;
        }
        String unique = names.computeIfAbsent(part, _ -> unique(name));
        told.set(unique, part);
        return JSON.objectNode().put("$ref", "#/components/%s/%s".formatted(kind, unique));
    }

    private String unique(String name) {
        String unique = name;
        for (int number = 2; told.has(unique); number++) {
            unique = "%s-%d".formatted(name, number);
        }
        return unique;
    }
}
