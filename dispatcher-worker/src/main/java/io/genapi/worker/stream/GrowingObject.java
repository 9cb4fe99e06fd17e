package io.genapi.worker.stream;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that is sent in pieces: texts go on where they ended, arrays grow, objects do both, and of everything else
 * the latest counts. Names and ids are whole wherever they come, and a null takes nothing away. Not thread-safe.
 */
final class GrowingObject {

    /** Some vendors repeat them in every piece. */
    private static final Set<String> WHOLE = Set.of("role", "id", "type", "name");

    private final Set<String> order = new LinkedHashSet<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<String, GrowingObject> objects = new LinkedHashMap<>();
    private final Map<String, GrowingArray> arrays = new LinkedHashMap<>();
    private final Map<String, JsonNode> others = new LinkedHashMap<>();

    void add(JsonNode piece) {
        piece.properties().forEach(member -> add(member.getKey(), member.getValue()));
    }

    private void add(String name, JsonNode value) {
        order.add(name);
        if (value.isObject()) {
            objects.computeIfAbsent(name, _ -> new GrowingObject()).add(value);
        } else if (value.isArray()) {
            arrays.computeIfAbsent(name, _ -> new GrowingArray()).add(value);
        } else if (value.isString() && !WHOLE.contains(name)) {
            texts.computeIfAbsent(name, _ -> new StringBuilder()).append(value.stringValue());
        } else if (!value.isNull()
                && !(value.isString() && value.stringValue().isEmpty() && others.containsKey(name))) {
            others.put(name, value);
        }
    }

    /** What the pieces make together; a member that was never more than null is null. */
    ObjectNode whole() {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (String name : order) {
            StringBuilder text = texts.get(name);
            GrowingObject object = objects.get(name);
            GrowingArray array = arrays.get(name);
            JsonNode other = others.get(name);
            if (array != null) {
                whole.set(name, array.whole());
            } else if (object != null) {
                whole.set(name, object.whole());
            } else if (text != null) {
                whole.put(name, text.toString());
            } else if (other != null) {
                whole.set(name, other);
            } else {
                whole.putNull(name);
            }
        }
        return whole;
    }
}
