/** A vendor that counts requests by the minute, and more jobs than it takes. */
@NullMarked
package io.genapi.chaos.limit;

import org.jspecify.annotations.NullMarked;
