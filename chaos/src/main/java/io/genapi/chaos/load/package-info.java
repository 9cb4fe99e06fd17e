/** Jobs that are handed in at a pace, whatever becomes of them. */
@NullMarked
package io.genapi.chaos.load;

import org.jspecify.annotations.NullMarked;
