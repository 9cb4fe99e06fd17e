/** A server of the broker as any HTTP client sees it. */
@NullMarked
package io.genapi.chaos.http;

import org.jspecify.annotations.NullMarked;
