package io.genapi.simulator.anthropic;

import io.genapi.simulator.model.Prompt;

/** What reading a request gives: the request or the reason why it is none. */
sealed interface ParsedMessages {

    /**
     * What the API reads of a request.
     *
     * @param thinks whether thoughts are to come with the answer
     */
    record MessagesRequest(String model, Prompt prompt, int inputTokens, boolean stream, boolean thinks)
            implements ParsedMessages {}

    /** Why the body is no request. */
    record Invalid(AnthropicError error) implements ParsedMessages {}
}
