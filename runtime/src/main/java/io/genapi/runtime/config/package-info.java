/** The wiring that all services share. */
@NullMarked
package io.genapi.runtime.config;

import org.jspecify.annotations.NullMarked;
