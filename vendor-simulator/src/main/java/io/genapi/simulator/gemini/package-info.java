/** Gemini's API, answered deterministically from the request: its own, and the one that is compatible with OpenAI's. */
@NullMarked
package io.genapi.simulator.gemini;

import org.jspecify.annotations.NullMarked;
