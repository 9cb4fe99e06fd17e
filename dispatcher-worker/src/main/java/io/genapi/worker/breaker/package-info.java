/** Circuit breakers, as resilience4j makes them. */
@NullMarked
package io.genapi.worker.breaker;

import org.jspecify.annotations.NullMarked;
