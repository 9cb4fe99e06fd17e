/** The gateway's settings and its wiring. */
@NullMarked
package io.genapi.gateway.config;

import org.jspecify.annotations.NullMarked;
