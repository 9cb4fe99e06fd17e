/** OpenAI's chat completions and models, answered deterministically from the request. */
@NullMarked
package io.genapi.simulator.openai;

import org.jspecify.annotations.NullMarked;
