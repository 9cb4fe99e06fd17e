package io.genapi.worker.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A value in a request and where it stands, in OpenAI's notation.
 *
 * @param path such as {@code messages[2].content[1].image_url}; empty for the whole body
 */
record Place(JsonNode value, String path) {

    Place at(String name) {
        return new Place(value.path(name), path.isEmpty() ? name : path + "." + name);
    }

    /** The array's elements; none where it is no array. */
    List<Place> items() {
        List<Place> items = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode item : value) {
                items.add(new Place(item, path + "[" + items.size() + "]"));
            }
        }
        return items;
    }

    /** The object's fields by name; none where it is no object. */
    Map<String, Place> fields() {
        Map<String, Place> fields = new TreeMap<>();
        value.propertyNames().forEach(name -> fields.put(name, at(name)));
        return fields;
    }

    /** Whether there is anything: {@code null} is as good as absent. */
    boolean given() {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Empty where this is no string. */
    String text() {
        return value.stringValue("");
    }

    boolean is(String text) {
        return value.isString() && value.stringValue().equals(text);
    }
}
