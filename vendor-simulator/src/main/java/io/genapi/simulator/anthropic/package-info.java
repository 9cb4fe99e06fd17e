/** Anthropic's Messages API, answered deterministically from the request. */
@NullMarked
package io.genapi.simulator.anthropic;

import org.jspecify.annotations.NullMarked;
