/** OpenAI's Responses API over chat completions: jobs as response objects, and their pieces as its events. */
@NullMarked
package io.genapi.gateway.responses;

import org.jspecify.annotations.NullMarked;
