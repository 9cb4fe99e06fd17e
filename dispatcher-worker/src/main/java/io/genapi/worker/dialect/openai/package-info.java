/** OpenAI's chat completions, as OpenAI and its many compatibles speak it. */
@NullMarked
package io.genapi.worker.dialect.openai;

import org.jspecify.annotations.NullMarked;
