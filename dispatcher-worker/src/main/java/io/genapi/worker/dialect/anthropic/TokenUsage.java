package io.genapi.worker.dialect.anthropic;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an answer cost. Anthropic counts cached tokens beside the others of the prompt, OpenAI among them. */
final class TokenUsage {

    private TokenUsage() {}

    static ObjectNode of(JsonNode usage) {
        long cached = count(usage, "cache_read_input_tokens");
        long prompt = count(usage, "input_tokens") + count(usage, "cache_creation_input_tokens") + cached;
        long completion = count(usage, "output_tokens");
        ObjectNode translated = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        translated.putObject("prompt_tokens_details").put("cached_tokens", cached);
        JsonNode thinking = usage.path("output_tokens_details").path("thinking_tokens");
        if (thinking.canConvertToLong()) {
            translated.putObject("completion_tokens_details").put("reasoning_tokens", thinking.longValue());
        }
        return translated;
    }

    /** The tier that served the call, where OpenAI has a word for it. */
    static Optional<String> tier(JsonNode usage) {
        return switch (usage.path("service_tier").stringValue("")) {
            case "standard" -> Optional.of("default");
            case "priority" -> Optional.of("priority");
            default -> Optional.empty();
        };
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).longValue(0));
    }
}
