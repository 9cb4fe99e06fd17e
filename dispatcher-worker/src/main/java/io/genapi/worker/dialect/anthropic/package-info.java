/** Anthropic's Messages API: chat completions said in its words, its answers and streams read back, all of it pure. */
@NullMarked
package io.genapi.worker.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
