package io.genapi.worker.stream;

import io.genapi.schemas.chat.ChatCompletion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says an answer that came whole, though a stream was asked for, in chunks: one for all choices and one for the usage. Pure. */
public final class WholeAnswer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private WholeAnswer() {}

    public static List<ObjectNode> chunks(ChatCompletion completion) {
        JsonNode whole = JSON.readTree(completion.bytes());
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        whole.properties().stream()
                .filter(member ->
                        !member.getKey().equals("choices") && !member.getKey().equals("usage"))
                .forEach(member -> envelope.set(member.getKey(), member.getValue()));
        envelope.put("object", "chat.completion.chunk");
        ObjectNode chunk = envelope.deepCopy();
        ArrayNode choices = chunk.putArray("choices");
        for (JsonNode choice : whole.path("choices")) {
            ObjectNode said = JsonNodeFactory.instance.objectNode();
            choice.properties().forEach(member -> {
                if (member.getKey().equals("message")) {
                    said.set("delta", delta(member.getValue()));
                } else {
                    said.set(member.getKey(), member.getValue());
                }
            });
            choices.add(said);
        }
        List<ObjectNode> chunks = new ArrayList<>(List.of(chunk.putNull("usage")));
        if (whole.path("usage").isObject()) {
            ObjectNode last = envelope.deepCopy();
            last.putArray("choices");
            last.set("usage", whole.path("usage"));
            chunks.add(last);
        }
        return chunks;
    }

    /** A stream numbers its calls. */
    private static JsonNode delta(JsonNode message) {
        JsonNode delta = message.deepCopy();
        int index = 0;
        for (JsonNode call : delta.path("tool_calls")) {
            if (call instanceof ObjectNode numbered) {
                numbered.put("index", index++);
            }
        }
        return delta;
    }
}
