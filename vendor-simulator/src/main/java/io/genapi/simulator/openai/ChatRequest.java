package io.genapi.simulator.openai;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a chat-completion request that shape the simulated answer.
 *
 * @param choices from 1 to 128
 * @param maxTokens at least 1
 * @param stop texts before which the answer ends, none of them empty
 */
record ChatRequest(
        String model,
        String lastUserText,
        int promptTokens,
        int choices,
        OptionalInt maxTokens,
        List<String> stop,
        boolean stream,
        boolean includeUsage,
        Form form)
        implements ParsedChat {

    ChatRequest {
        stop = List.copyOf(stop);
    }

    /** What the answer must look like. */
    sealed interface Form {

        record Text() implements Form {}

        record JsonObject() implements Form {}

        record JsonOf(JsonNode schema) implements Form {}

        record ToolCall(String function, JsonNode parameters) implements Form {}
    }
}
