package io.genapi.worker.dialect.gemini.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object and where it lies in the request. A field that is null counts as absent; one of the
 * wrong type is found malformed, and counts as absent then. Remembers what it was asked for.
 */
final class Fields {

    private final JsonNode object;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param path such as {@code messages[2]}; empty for the request itself */
    Fields(JsonNode object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
    }

    /** A field's name as the caller must look for it. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    String path() {
        return path;
    }

    Findings findings() {
        return findings;
    }

    Optional<JsonNode> any(String name) {
        asked.add(name);
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String name) {
        return any(name)
                .filter(value -> is(value.isString(), name, value, "a string"))
                .map(JsonNode::stringValue);
    }

    /** A text without which the object means nothing. */
    Optional<String> requiredText(String name) {
        requirePresent(name, "a string");
        return text(name);
    }

    Optional<JsonNode> number(String name) {
        return any(name).filter(value -> is(value.isNumber(), name, value, "a number"));
    }

    Optional<JsonNode> integer(String name) {
        return any(name).filter(value -> is(value.isIntegralNumber(), name, value, "a whole number"));
    }

    Optional<Boolean> bool(String name) {
        return any(name)
                .filter(value -> is(value.isBoolean(), name, value, "true or false"))
                .map(JsonNode::booleanValue);
    }

    Optional<Fields> object(String name) {
        return any(name)
                .filter(value -> is(value.isObject(), name, value, "an object"))
                .map(value -> new Fields(value, at(name), findings));
    }

    /** An object without which this one means nothing. */
    Optional<Fields> requiredObject(String name) {
        requirePresent(name, "an object");
        return object(name);
    }

    /** The elements that are objects; others are found malformed. */
    List<Fields> objects(String name) {
        Optional<JsonNode> array = any(name).filter(value -> is(value.isArray(), name, value, "an array of objects"));
        return array.map(elements -> Elements.objects(elements, at(name), findings))
                .orElseGet(List::of);
    }

    boolean isEmptyArray(String name) {
        return object.path(name).isArray() && object.path(name).isEmpty();
    }

    /** The fields that nobody has asked for. */
    Set<String> rest() {
        Set<String> rest = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!asked.contains(field.getKey()) && !field.getValue().isNull()) {
                rest.add(field.getKey());
            }
        }
        return rest;
    }

    private void requirePresent(String name, String expected) {
        if (any(name).isEmpty()) {
            findings.malformed(at(name), "is missing", "Send " + expected + ".");
        }
    }

    private boolean is(boolean right, String name, JsonNode value, String expected) {
        if (!right) {
            findings.malformed(at(name), "is " + describe(value), "Send " + expected + ".");
        }
        return right;
    }

    /** The value where it is short, or else what it is. */
    static String describe(JsonNode value) {
        if (value.isContainer() || (value.isString() && value.stringValue().length() > 40)) {
            String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
            return (type.matches("[aeiou].*") ? "an " : "a ") + type;
        }
        return value.toString();
    }
}
