package io.genapi.gateway.openapi;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of values that are one word. */
public final class Shape {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Shape() {}

    public static ObjectNode text() {
        return JSON.objectNode().put("type", "string");
    }

    /** @param pattern a regular expression of ECMA-262 */
    public static ObjectNode text(String pattern) {
        return text().put("pattern", pattern);
    }

    public static ObjectNode oneOf(List<String> words) {
        ObjectNode shape = text();
        ArrayNode all = shape.putArray("enum");
        words.forEach(all::add);
        return shape;
    }

    public static ObjectNode time() {
        return text().put("format", "date-time");
    }

    public static ObjectNode wholeNumber(long least) {
        return JSON.objectNode().put("type", "integer").put("minimum", least);
    }

    public static ObjectNode wholeNumber(long least, long most, long usual) {
        return wholeNumber(least).put("maximum", most).put("default", usual);
    }

    public static ObjectNode flag() {
        return JSON.objectNode().put("type", "boolean").put("default", false);
    }
}
