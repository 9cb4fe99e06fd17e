package io.genapi.simulator.model;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a request that shape the simulated answer.
 *
 * @param maxTokens at least 1
 * @param stop texts before which the answer ends, none of them empty
 */
public record Prompt(String lastUserText, OptionalInt maxTokens, List<String> stop, Form form) {

    public Prompt {
        stop = List.copyOf(stop);
    }

    /** What the answer must look like. */
    public sealed interface Form {

        record Text() implements Form {}

        record JsonObject() implements Form {}

        record JsonOf(JsonNode schema) implements Form {}

        record ToolCall(String function, JsonNode parameters) implements Form {}
    }
}
