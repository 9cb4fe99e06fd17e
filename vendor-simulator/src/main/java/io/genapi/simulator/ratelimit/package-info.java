/** A vendor's limit on requests per minute. */
@NullMarked
package io.genapi.simulator.ratelimit;

import org.jspecify.annotations.NullMarked;
