/** How long a vendor takes before it answers. */
@NullMarked
package io.genapi.simulator.latency;

import org.jspecify.annotations.NullMarked;
