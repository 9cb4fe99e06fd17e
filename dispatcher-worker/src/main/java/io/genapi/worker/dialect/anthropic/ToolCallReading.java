package io.genapi.worker.dialect.anthropic;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call in an assistant's message as a {@code tool_use} block, whose input is an object where OpenAI's is a text. */
final class ToolCallReading {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Objections objections;

    ToolCallReading(Objections objections) {
        this.objections = objections;
    }

    Optional<ObjectNode> read(Place call) {
        Place type = call.at("type");
        if (type.given() && !type.is("function")) {
            objections.impossible(type, "It takes calls of functions only.");
            return Optional.empty();
        }
        Place id = call.at("id");
        Place name = call.at("function").at("name");
        if (id.text().isEmpty() || name.text().isEmpty()) {
            objections.malformed(id.text().isEmpty() ? id : name, "Send a string that is not empty.");
            return Optional.empty();
        }
        return input(call.at("function").at("arguments")).map(input -> {
            ObjectNode use = JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "tool_use")
                    .put("id", id.text())
                    .put("name", name.text());
            use.set("input", input);
            return use;
        });
    }

    private Optional<ObjectNode> input(Place arguments) {
        if (!arguments.given() || arguments.is("")) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        try {
            if (JSON.readTree(arguments.text()) instanceof ObjectNode input) {
                return Optional.of(input);
            }
        } catch (JacksonException notJson) {
            // Told below, as what is JSON and no object.
        }
        objections.malformed(arguments, "Send a JSON object as a string.");
        return Optional.empty();
    }
}
