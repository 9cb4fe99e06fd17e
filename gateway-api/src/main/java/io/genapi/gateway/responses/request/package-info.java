/** From requests of OpenAI's Responses API to chat completion requests, which every vendor's dialect understands. */
@NullMarked
package io.genapi.gateway.responses.request;

import org.jspecify.annotations.NullMarked;
