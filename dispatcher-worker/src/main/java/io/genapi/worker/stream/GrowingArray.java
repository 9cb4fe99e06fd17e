package io.genapi.worker.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON array that is sent in pieces: elements that say their {@code index}, as those of {@code tool_calls} do, go on
 * where they ended; all others are appended. Not thread-safe.
 */
final class GrowingArray {

    private final List<GrowingObject> objects = new ArrayList<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private final ArrayNode others = JsonNodeFactory.instance.arrayNode();

    private record Open(String id, GrowingObject object) {}

    void add(JsonNode piece) {
        for (JsonNode element : piece) {
            if (element.path("index").canConvertToInt()) {
                growing(element.path("index").intValue(), element.path("id").stringValue(""))
                        .add(element);
            } else {
                others.add(element);
            }
        }
    }

    /** Some vendors give every one of several calls the same index: another id is another element. */
    private GrowingObject growing(int index, String id) {
        Open known = open.get(index);
        if (known != null && (id.isEmpty() || known.id().isEmpty() || known.id().equals(id))) {
            open.put(index, new Open(id.isEmpty() ? known.id() : id, known.object()));
            return known.object();
        }
        GrowingObject object = new GrowingObject();
        objects.add(object);
        open.put(index, new Open(id, object));
        return object;
    }

    /** Without the indices, which only a stream needs. */
    ArrayNode whole() {
        ArrayNode whole = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> whole.add(object.whole().without("index")));
        return whole.addAll(others);
    }
}
