package io.genapi.gateway.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The contract's JSON Schemas as components of the document. Not thread-safe. */
final class Schemas {

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String ENDING = ".schema.json";

    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** @param name of a file under {@code genapi/schema}, without its ending */
    static ObjectNode reference(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", COMPONENTS + component(name));
    }

    /** Takes in a schema, and those that it refers to. */
    void add(String name) {
        if (components.containsKey(component(name))) {
            return;
        }
        ObjectNode schema = read(name);
        schema.remove("$schema");
        schema.remove("$id");
        components.put(component(name), schema);
        rewrite(schema, component(name));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        components.forEach(json::set);
        return json;
    }

    /** Files refer to one another by their names, and to parts of themselves from their roots. */
    private void rewrite(JsonNode node, String own) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> rewrite(element, own));
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equals("$ref") && member.getValue().isString()) {
                member.setValue(StringNode.valueOf(rewritten(member.getValue().asString(), own)));
            } else if (!member.getKey().equals("examples")) {
                rewrite(member.getValue(), own);
            }
        }
    }

    private String rewritten(String reference, String own) {
        String[] parts = reference.split("#", 2);
        String fragment = parts.length == 2 ? parts[1] : "";
        if (parts[0].isEmpty()) {
            return COMPONENTS + own + fragment;
        }
        String name = parts[0].substring(0, parts[0].length() - ENDING.length());
        add(name);
        return COMPONENTS + component(name) + fragment;
    }

    /** {@code chat-completion} as {@code ChatCompletion}. */
    static String component(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static ObjectNode read(String name) {
        String file = "/genapi/schema/" + name + ENDING;
        try (InputStream stream = Schemas.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no schema " + file);
            }
            return (ObjectNode) JsonMapper.shared().readTree(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
