/** Everything about the simulated vendor that can be changed while it runs. */
@NullMarked
package io.genapi.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
