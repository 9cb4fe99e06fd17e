package io.genapi.worker.dialect.gemini.answer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The usage. OpenAI counts thoughts as a part of the completion, Gemini beside it.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">Gemini's counts</a>
 */
final class TokenCounts {

    private TokenCounts() {}

    static ObjectNode usage(JsonNode metadata) {
        long prompt = count(metadata, "promptTokenCount") + count(metadata, "toolUsePromptTokenCount");
        long thoughts = count(metadata, "thoughtsTokenCount");
        long completion = count(metadata, "candidatesTokenCount") + thoughts;
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", count(metadata, "cachedContentTokenCount"))
                .put("audio_tokens", audio(metadata.path("promptTokensDetails")));
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", thoughts)
                .put("audio_tokens", audio(metadata.path("candidatesTokensDetails")));
        return usage;
    }

    private static long count(JsonNode parent, String name) {
        return Math.max(0, parent.path(name).longValue(0));
    }

    private static long audio(JsonNode details) {
        long tokens = 0;
        for (JsonNode detail : details) {
            if (detail.path("modality").stringValue("").equals("AUDIO")) {
                tokens += count(detail, "tokenCount");
            }
        }
        return tokens;
    }
}
