/** Waiting for conditions, and doing many things at once. */
@NullMarked
package io.genapi.chaos.patience;

import org.jspecify.annotations.NullMarked;
