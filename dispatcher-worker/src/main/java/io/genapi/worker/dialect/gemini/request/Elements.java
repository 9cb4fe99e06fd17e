package io.genapi.worker.dialect.gemini.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The elements of an array, with their places. */
final class Elements {

    private Elements() {}

    static List<Fields> objects(JsonNode array, String path, Findings findings) {
        List<Fields> objects = new ArrayList<>();
        for (int index = 0; index < array.size(); index++) {
            JsonNode element = array.path(index);
            String at = path + "[" + index + "]";
            if (element.isObject()) {
                objects.add(new Fields(element, at, findings));
            } else {
                findings.malformed(at, "is " + Fields.describe(element), "Send an object.");
            }
        }
        return objects;
    }
}
