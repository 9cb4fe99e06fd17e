package io.genapi.worker.dialect.anthropic;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer of Anthropic's, a {@code message} object, as OpenAI's {@code chat.completion}. */
final class ResponseTranslation {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ResponseTranslation() {}

    /** Empty where the answer is no message. */
    static Optional<ObjectNode> of(byte[] body, Instant created) {
        try {
            JsonNode message = JSON.readTree(body);
            return message.path("content").isArray() ? Optional.of(completion(message, created)) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static ObjectNode completion(JsonNode message, Instant created) {
        ObjectNode completion = JsonNodeFactory.instance
                .objectNode()
                .put("id", message.path("id").stringValue(""))
                .put("object", "chat.completion")
                .put("created", created.getEpochSecond())
                .put("model", message.path("model").stringValue(""));
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        choice.set("message", said(message));
        choice.putNull("logprobs").put("finish_reason", StopReason.of(message));
        JsonNode usage = message.path("usage");
        TokenUsage.tier(usage).ifPresent(tier -> completion.put("service_tier", tier));
        completion.set("usage", TokenUsage.of(usage));
        return completion;
    }

    private static ObjectNode said(JsonNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        for (JsonNode block : message.path("content")) {
            switch (block.path("type").stringValue("")) {
                case "text" -> text.append(block.path("text").stringValue(""));
                case "thinking" -> thoughts.append(block.path("thinking").stringValue(""));
                case "tool_use" -> calls.add(call(block));
                default -> {
                    // Thoughts that are encrypted, and what comes of tools that were not asked for.
                }
            }
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        said.put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
        said.put("refusal", StopReason.refusal(message).orElse(null));
        if (!thoughts.isEmpty()) {
            said.put("reasoning_content", thoughts.toString());
        }
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
        return said;
    }

    private static ObjectNode call(JsonNode block) {
        ObjectNode call = JsonNodeFactory.instance
                .objectNode()
                .put("id", block.path("id").stringValue(""))
                .put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").stringValue(""))
                .put(
                        "arguments",
                        block.path("input").isObject() ? block.path("input").toString() : "{}");
        return call;
    }
}
