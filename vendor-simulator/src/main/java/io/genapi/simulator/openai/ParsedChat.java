package io.genapi.simulator.openai;

/** What reading a chat request gives: the request or the reason why it is none. */
sealed interface ParsedChat permits ChatRequest, OpenAiError {}
