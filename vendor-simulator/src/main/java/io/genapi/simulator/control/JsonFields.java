package io.genapi.simulator.control;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The fields of one JSON object, each read as the type it must have; what does not fit is refused by name. */
final class JsonFields {

    private final JsonNode json;

    JsonFields(JsonNode json, List<String> known) {
        check(json, known);
        this.json = json;
    }

    /** Refuses what is no object or has a field that is not known: a typing error must not pass unnoticed. */
    static void check(JsonNode json, List<String> known) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object with fields of " + known);
        }
        json.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        "%s: no such field; the fields are %s".formatted(field.getKey(), known));
            }
        });
    }

    List<Integer> integers(String name) {
        if (!present(name)) {
            return List.of();
        }
        List<Integer> integers = new ArrayList<>();
        for (JsonNode value : json.path(name)) {
            integers.add(value.asInt(0));
        }
        if (!json.path(name).isArray()) {
            throw wrong(name, "an array of numbers");
        }
        return integers;
    }

    String text(String name, String absent) {
        if (!present(name)) {
            return absent;
        }
        if (!json.path(name).isString()) {
            throw wrong(name, "a text");
        }
        return json.path(name).stringValue();
    }

    double number(String name, double absent) {
        if (!present(name)) {
            return absent;
        }
        if (!json.path(name).isNumber()) {
            throw wrong(name, "a number");
        }
        return json.path(name).doubleValue();
    }

    OptionalLong whole(String name) {
        if (!present(name)) {
            return OptionalLong.empty();
        }
        if (!json.path(name).isIntegralNumber() || !json.path(name).canConvertToInt()) {
            throw wrong(name, "a whole number");
        }
        return OptionalLong.of(json.path(name).longValue());
    }

    boolean flag(String name) {
        if (!present(name)) {
            return false;
        }
        if (!json.path(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return json.path(name).booleanValue();
    }

    private boolean present(String name) {
        return json.has(name) && !json.path(name).isNull();
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("%s: %s must be %s".formatted(name, json.path(name), expected));
    }
}
