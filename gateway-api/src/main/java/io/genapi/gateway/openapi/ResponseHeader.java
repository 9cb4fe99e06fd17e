package io.genapi.gateway.openapi;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One header of responses.
 *
 * @param shape its JSON Schema
 */
public record ResponseHeader(String name, String description, ObjectNode shape) {

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("description", description);
        json.set("schema", shape.deepCopy());
        return json;
    }
}
