package io.genapi.gateway.openapi;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value that a request carries beside its body.
 *
 * @param place {@code path}, {@code query} or {@code header}
 * @param shape its JSON Schema
 * @param example one that can be sent as it stands
 */
public record Parameter(String place, String name, String description, ObjectNode shape, String example) {

    public static Parameter path(String name, String description, ObjectNode shape, String example) {
        return new Parameter("path", name, description, shape, example);
    }

    public static Parameter query(String name, String description, ObjectNode shape, String example) {
        return new Parameter("query", name, description, shape, example);
    }

    public static Parameter header(String name, String description, ObjectNode shape, String example) {
        return new Parameter("header", name, description, shape, example);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("in", place)
                .put("description", description)
                .put("required", place.equals("path"));
        json.set("schema", shape.deepCopy());
        if (shape.path("type").asString("").equals("integer")) {
            return json.put("example", Long.parseLong(example));
        }
        return shape.path("type").asString("").equals("boolean")
                ? json.put("example", Boolean.parseBoolean(example))
                : json.put("example", example);
    }
}
