package io.genapi.worker.dialect.anthropic;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that look like parts of a request, in places where they do not belong. */
final class Rubbish {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "role",
            "content",
            "type",
            "text",
            "image_url",
            "url",
            "file",
            "file_data",
            "tool_calls",
            "id",
            "function",
            "name",
            "arguments",
            "tool_call_id",
            "tools",
            "tool_choice",
            "parameters",
            "strict",
            "stop",
            "user",
            "response_format",
            "json_schema",
            "schema",
            "reasoning_effort",
            "max_tokens",
            "temperature",
            "service_tier",
            "metadata",
            "modalities",
            "parallel_tool_calls",
            "safety_identifier",
            "refusal",
            "function_call");
    private static final List<String> TEXTS = List.of(
            "",
            "text",
            "user",
            "assistant",
            "tool",
            "system",
            "function",
            "image_url",
            "file",
            "required",
            "none",
            "{}",
            "[",
            "json_schema",
            "json_object",
            "high",
            "data:image/png;base64,AA",
            "https://x",
            "c1",
            "\ud800");

    private Rubbish() {}

    static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    static ObjectNode message(Random random) {
        ObjectNode message = NODES.objectNode();
        message.put("role", TEXTS.get(1 + random.nextInt(6)));
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            message.set(name(random), value(random, 4));
        }
        return message;
    }

    static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt(-1, 3));
            case 3 -> NODES.numberNode(random.nextDouble() * 1e300);
            case 4, 5 -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 6 -> {
                ArrayNode array = NODES.arrayNode();
                for (int count = random.nextInt(3); count > 0; count--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int count = random.nextInt(4); count > 0; count--) {
                    object.set(name(random), value(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
