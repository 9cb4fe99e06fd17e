/** What Gemini's answers, streams and errors are in OpenAI's words. */
@NullMarked
package io.genapi.worker.dialect.gemini.answer;

import org.jspecify.annotations.NullMarked;
