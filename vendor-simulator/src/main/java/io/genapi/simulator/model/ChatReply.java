package io.genapi.simulator.model;

import java.util.List;
import java.util.Optional;

/**
 * What the simulated model said.
 *
 * @param pieces the content's tokens, or those of the tool call's arguments
 * @param toolCall the function called instead of an answer in words
 */
public record ChatReply(List<String> pieces, Optional<String> toolCall, Ending ending) {

    public ChatReply {
        pieces = List.copyOf(pieces);
    }

    public String text() {
        return String.join("", pieces);
    }

    public int tokens() {
        return pieces.size();
    }

    /** Why the model said no more. */
    public sealed interface Ending {

        /** It had said everything. */
        record Complete() implements Ending {}

        /** It was to stop before this text. */
        record AtStop(String text) implements Ending {}

        /** It had no tokens left. */
        record OutOfTokens() implements Ending {}

        /** It wants a tool to be called. */
        record ToolCall() implements Ending {}
    }
}
