package io.genapi.gateway.stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer that came in one piece, for a caller that reads pieces. */
public final class WholeAnswer {

    private static final JsonMapper JSON = JsonMapper.shared();

    private WholeAnswer() {}

    /** A {@code chat.completion} as one {@code chat.completion.chunk}; what is no object stays as it is. */
    public static byte[] asChunk(byte[] completion) {
        try {
            return JSON.readTree(completion) instanceof ObjectNode answer
                    ? JSON.writeValueAsBytes(chunk(answer))
                    : completion;
        } catch (JacksonException malformed) {
            return completion;
        }
    }

    /** What the answer cost, as the chunk that tells so. */
    public static byte[] usageOf(byte[] completion) {
        ObjectNode chunk = JSON.createObjectNode().put("object", "chat.completion.chunk");
        chunk.putArray("choices");
        try {
            JsonNode usage = JSON.readTree(completion).path("usage");
            if (usage.isObject()) {
                chunk.set("usage", usage);
            }
        } catch (JacksonException malformed) {
            return JSON.writeValueAsBytes(chunk);
        }
        return JSON.writeValueAsBytes(chunk);
    }

    private static ObjectNode chunk(ObjectNode completion) {
        ObjectNode chunk = completion.deepCopy();
        chunk.put("object", "chat.completion.chunk");
        // A chunk with both choices and usage is none that OpenAI sends.
        chunk.remove("usage");
        for (JsonNode choice : chunk.path("choices")) {
            if (choice instanceof ObjectNode one && one.remove("message") instanceof ObjectNode message) {
                if (message.path("tool_calls") instanceof ArrayNode calls) {
                    number(calls);
                }
                one.set("delta", message);
            }
        }
        return chunk;
    }

    private static void number(ArrayNode calls) {
        for (int index = 0; index < calls.size(); index++) {
            if (calls.get(index) instanceof ObjectNode call) {
                call.put("index", index);
            }
        }
    }
}
