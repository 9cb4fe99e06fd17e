/** One HTTP call as the simulator sees it: the request that came and the port through which it is answered. */
@NullMarked
package io.genapi.simulator.exchange;

import org.jspecify.annotations.NullMarked;
