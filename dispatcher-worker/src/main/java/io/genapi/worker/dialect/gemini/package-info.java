/** Gemini's own API, {@code generateContent} and {@code streamGenerateContent}. */
@NullMarked
package io.genapi.worker.dialect.gemini;

import org.jspecify.annotations.NullMarked;
