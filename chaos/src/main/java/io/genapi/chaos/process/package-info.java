/** Processes of this machine: started, stopped, killed, and never left behind. */
@NullMarked
package io.genapi.chaos.process;

import org.jspecify.annotations.NullMarked;
