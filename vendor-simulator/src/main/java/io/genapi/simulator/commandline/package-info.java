/** The simulator as a process of its own. */
@NullMarked
package io.genapi.simulator.commandline;

import org.jspecify.annotations.NullMarked;
