/** The wiring and the settings. */
@NullMarked
package io.genapi.store.config;

import org.jspecify.annotations.NullMarked;
