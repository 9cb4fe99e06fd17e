/** The wiring of the worker and its settings. */
@NullMarked
package io.genapi.worker.config;

import org.jspecify.annotations.NullMarked;
