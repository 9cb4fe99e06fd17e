package io.genapi.simulator.model;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value that fits a JSON Schema, with a given text wherever a free string may stand. Covers the subset that OpenAI's
 * structured outputs allow; of a recursive schema, the first levels.
 */
public final class SchemaSample {

    private static final int DEEPEST = 12;
    private static final int MOST_ITEMS = 16;
    private static final int MOST_VALUES = 10_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final String text;
    private int values;

    /** @param text for free strings */
    public SchemaSample(JsonNode schema, String text) {
        this.root = schema;
        this.text = text;
    }

    public JsonNode value() {
        return value(root, 0);
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            return NODES.nullNode();
        }
        if (schema.path("$ref").isString()) {
            return value(referred(schema.path("$ref").stringValue()), depth + 1);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0);
        }
        for (String alternatives : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(alternatives).isEmpty()) {
                return value(schema.path(alternatives).path(deep(depth) ? last(schema, alternatives) : 0), depth + 1);
            }
        }
        return ofType(type(schema), schema, depth);
    }

    private JsonNode ofType(String type, JsonNode schema, int depth) {
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> string(schema);
        };
    }

    /** Half-way down, alternatives that end a recursion, by habit the last ones, are preferred. */
    private static boolean deep(int depth) {
        return depth > DEEPEST / 2;
    }

    private static int last(JsonNode schema, String alternatives) {
        return schema.path(alternatives).size() - 1;
    }

    private JsonNode referred(String reference) {
        JsonNode target = reference.equals("#") ? root : root.at(reference.replaceFirst("^#", ""));
        return target.isMissingNode() ? NODES.objectNode() : target;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).stringValue("string");
        }
        if (type.isString()) {
            return type.stringValue();
        }
        return schema.has("items") ? "array" : schema.has("properties") || schema.isMissingNode() ? "object" : "string";
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(property -> {
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.stringValue("").equals(property.getKey());
            }
            if (required || !deep(depth)) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        int least = schema.path("minItems").intValue(deep(depth) ? 0 : 1);
        int most = Math.min(schema.path("maxItems").intValue(MOST_ITEMS), MOST_ITEMS);
        for (int count = 0; count < Math.min(least, most); count++) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }

    private static JsonNode number(JsonNode schema) {
        BigDecimal value = BigDecimal.ONE;
        if (schema.path("minimum").isNumber()) {
            value = value.max(schema.path("minimum").decimalValue());
        }
        if (schema.path("exclusiveMinimum").isNumber()) {
            value = value.max(schema.path("exclusiveMinimum").decimalValue().add(BigDecimal.ONE));
        }
        if (schema.path("maximum").isNumber()) {
            value = value.min(schema.path("maximum").decimalValue());
        }
        return NODES.numberNode(value);
    }

    private JsonNode string(JsonNode schema) {
        int longest = schema.path("maxLength").intValue(Integer.MAX_VALUE);
        return NODES.stringNode(
                switch (schema.path("format").stringValue("")) {
                    case "date-time" -> "2026-01-01T00:00:00Z";
                    case "date" -> "2026-01-01";
                    case "time" -> "00:00:00Z";
                    case "duration" -> "PT1S";
                    case "email" -> "someone@example.com";
                    case "uuid" -> "00000000-0000-4000-8000-000000000000";
                    default -> text.length() <= longest ? text : text.substring(0, longest);
                });
    }
}
