package io.genapi.worker.dialect.anthropic;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Why an answer ended, in OpenAI's words.
 *
 * @see <a href="https://docs.claude.com/en/api/handling-stop-reasons">Anthropic's guide</a>
 */
final class StopReason {

    private StopReason() {}

    /** @param ended a message, or the {@code delta} that ends one */
    static String of(JsonNode ended) {
        return switch (ended.path("stop_reason").stringValue("")) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    /** The vendor's explanation, where it refused and gave one. */
    static Optional<String> refusal(JsonNode ended) {
        return ended.path("stop_reason").stringValue("").equals("refusal")
                ? ended.path("stop_details").path("explanation").stringValueOpt()
                : Optional.empty();
    }
}
