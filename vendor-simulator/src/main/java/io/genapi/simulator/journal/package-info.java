/** The record of every call that reached the simulator. */
@NullMarked
package io.genapi.simulator.journal;

import org.jspecify.annotations.NullMarked;
