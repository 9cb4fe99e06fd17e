/** The HTTP server, on Netty; the only package that knows it. */
@NullMarked
package io.genapi.simulator.http;

import org.jspecify.annotations.NullMarked;
