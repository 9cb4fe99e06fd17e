/** What a chat completion request is in Gemini's words, and what of it Gemini has no words for. */
@NullMarked
package io.genapi.worker.dialect.gemini.request;

import org.jspecify.annotations.NullMarked;
