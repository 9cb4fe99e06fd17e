package io.genapi.gateway.openapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a body may be.
 *
 * @param schema what it is to be valid against
 * @param named the contract's schemas that it is told by
 */
public record Content(String mediaType, ObjectNode schema, List<String> named, List<Example> examples) {

    private static final String EVENTS = "text/event-stream";

    /** A body as it may come. */
    public record Example(String name, String summary, JsonNode value) {}

    public Content {
        named = List.copyOf(named);
        examples = List.copyOf(examples);
    }

    /** @param schema the name of a file under {@code genapi/schema}, without its ending */
    public static Content json(String schema) {
        return new Content("application/json", Schemas.reference(schema), List.of(schema), List.of());
    }

    /**
     * Server-sent events.
     *
     * @param schemas of which the data of each event is valid against one
     */
    public static Content events(String description, List<String> schemas) {
        return new Content(EVENTS, Shape.text().put("description", description), schemas, List.of());
    }

    public static Content text(String description) {
        return new Content("text/plain", Shape.text().put("description", description), List.of(), List.of());
    }

    /** Bytes of whatever kind. */
    public static Content bytes() {
        return new Content("application/octet-stream", JsonNodeFactory.instance.objectNode(), List.of(), List.of());
    }

    /** @param schema of its fields */
    public static Content form(ObjectNode schema) {
        return new Content("multipart/form-data", schema, List.of(), List.of());
    }

    /** @param json as it is sent */
    public Content example(String name, String summary, String json) {
        return with(new Example(name, summary, JsonMapper.shared().readTree(json)));
    }

    public Content textExample(String name, String summary, String text) {
        return with(new Example(name, summary, StringNode.valueOf(text)));
    }

    private Content with(Example example) {
        List<Example> more = new ArrayList<>(examples);
        more.add(example);
        return new Content(mediaType, schema, named, more);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!schema.isEmpty()) {
            json.set("schema", schema.deepCopy());
        }
        if (mediaType.equals(EVENTS)) {
            ArrayNode either = json.putObject("x-event-data").putArray("anyOf");
            named.forEach(event -> either.add(Schemas.reference(event)));
        }
        for (Example example : examples) {
            json.withObjectProperty("examples")
                    .putObject(example.name())
                    .put("summary", example.summary())
                    .set("value", example.value());
        }
        return json;
    }
}
