/** The HTTP endpoints that every process has: probes and metrics. */
@NullMarked
package io.genapi.runtime.http;

import org.jspecify.annotations.NullMarked;
