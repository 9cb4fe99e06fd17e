/** The simulator's own endpoints under /simulator. */
@NullMarked
package io.genapi.simulator.control;

import org.jspecify.annotations.NullMarked;
