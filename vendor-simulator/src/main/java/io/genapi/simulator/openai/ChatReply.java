package io.genapi.simulator.openai;

import java.util.List;
import java.util.Optional;

/**
 * What the simulated model said; every choice says the same.
 *
 * @param pieces the content's tokens, or those of the tool call's arguments
 * @param toolCall the function called instead of an answer in words
 */
record ChatReply(List<String> pieces, Optional<String> toolCall, String finishReason) {

    ChatReply {
        pieces = List.copyOf(pieces);
    }

    String text() {
        return String.join("", pieces);
    }

    int tokens() {
        return pieces.size();
    }
}
