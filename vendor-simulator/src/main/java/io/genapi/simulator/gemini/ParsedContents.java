package io.genapi.simulator.gemini;

/** What reading a request gives: the request or the reason why it is none. */
sealed interface ParsedContents permits ContentsRequest, GeminiError {}
