/** The attempts of one job, and what follows after each. */
@NullMarked
package io.genapi.worker.attempt;

import org.jspecify.annotations.NullMarked;
