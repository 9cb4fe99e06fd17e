package io.genapi.gateway.responses.request;

import io.genapi.schemas.text.SentText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of a request and where it stands, in OpenAI's notation, such as {@code input[2].content}. What is null counts as
 * absent, as OpenAI has it.
 */
record Field(String path, JsonNode value) {

    static Field root(ObjectNode request) {
        return new Field("", request);
    }

    Field at(String name) {
        return new Field(path.isEmpty() ? name : path + "." + name, value.path(name));
    }

    boolean isPresent() {
        return !value.isMissingNode() && !value.isNull();
    }

    boolean isText() {
        return value.isString();
    }

    boolean isArray() {
        return value.isArray();
    }

    Optional<Field> given(String name) {
        return Optional.of(at(name)).filter(Field::isPresent);
    }

    /** The elements of an array. */
    List<Field> elements() {
        if (!value.isArray()) {
            throw wrong("Send an array.");
        }
        return IntStream.range(0, value.size())
                .mapToObj(index -> new Field(path + "[" + index + "]", value.get(index)))
                .toList();
    }

    Field object() {
        if (!value.isObject()) {
            throw wrong("Send an object.");
        }
        return this;
    }

    ObjectNode node() {
        object();
        return (ObjectNode) value;
    }

    String text() {
        if (!value.isString()) {
            throw wrong("Send a string.");
        }
        return value.asString();
    }

    boolean flag() {
        if (!value.isBoolean()) {
            throw wrong("Send true or false.");
        }
        return value.asBoolean();
    }

    BigDecimal number() {
        if (!value.isNumber()) {
            throw wrong("Send a number.");
        }
        return value.decimalValue();
    }

    long wholeNumber() {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong("Send a whole number.");
        }
        return value.asLong();
    }

    /** The text of a field that must be there. */
    String required(String name) {
        Field field = at(name);
        if (!field.isPresent()) {
            throw ObjectionException.of(
                    "missing_required_parameter",
                    field.path(),
                    "Missing required parameter: '%s'.".formatted(field.path()));
        }
        return field.text();
    }

    /** Nothing but these may be among its members. */
    void only(Set<String> names) {
        for (String name : object().value().propertyNames()) {
            if (!names.contains(name)) {
                throw ObjectionException.of(
                        "unknown_parameter",
                        at(name).path(),
                        "Unknown parameter: '%s'. Leave it out.".formatted(at(name).path()));
            }
        }
    }

    ObjectionException wrong(String remedy) {
        return ObjectionException.of(
                "invalid_value", path, "Invalid value for '%s': %s. %s".formatted(path, shown(), remedy));
    }

    /** What may be right elsewhere, but has no counterpart in a chat completion. */
    ObjectionException unsupported(String remedy) {
        return ObjectionException.of(
                "unsupported_parameter",
                path,
                "Unsupported value for '%s': %s. This broker answers responses by chat completions of any vendor. %s"
                        .formatted(path, shown(), remedy));
    }

    static String oneOf(Set<String> values) {
        return values.stream().sorted().collect(Collectors.joining(", ", "Send one of ", "."));
    }

    private String shown() {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case NULL, MISSING -> "nothing";
            case STRING, NUMBER, BOOLEAN, BINARY, POJO -> {
                String text = value.asString();
                yield "'" + SentText.excerpt(text) + "'";
            }
        };
    }
}
