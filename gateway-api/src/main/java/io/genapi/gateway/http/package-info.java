/** The HTTP edge: endpoints, OpenAI's error envelope, ids, logs, traces and metrics of each request. */
@NullMarked
package io.genapi.gateway.http;

import org.jspecify.annotations.NullMarked;
