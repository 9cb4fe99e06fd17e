package io.genapi.simulator.gemini;

import io.genapi.simulator.model.Prompt;

/**
 * What Gemini's API reads of a {@code GenerateContentRequest}.
 *
 * @param candidates from 1 to 8
 * @param includeThoughts whether a summary of the thoughts is to be told
 */
record ContentsRequest(Prompt prompt, int promptTokens, int candidates, boolean includeThoughts, boolean logprobs)
        implements ParsedContents {}
