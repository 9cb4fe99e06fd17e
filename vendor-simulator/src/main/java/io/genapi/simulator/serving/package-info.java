/** One call from its arrival to its last byte: journal, dialect, rate limit, faults, latency. */
@NullMarked
package io.genapi.simulator.serving;

import org.jspecify.annotations.NullMarked;
