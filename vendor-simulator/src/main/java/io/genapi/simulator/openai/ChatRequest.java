package io.genapi.simulator.openai;

import io.genapi.simulator.model.Prompt;

/**
 * What OpenAI's API reads of a chat-completion request.
 *
 * @param choices from 1 to 128
 */
record ChatRequest(String model, Prompt prompt, int promptTokens, int choices, boolean stream, boolean includeUsage)
        implements ParsedChat {}
