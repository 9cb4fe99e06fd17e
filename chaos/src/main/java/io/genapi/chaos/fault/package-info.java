/** How vendors get into trouble, and out of it again. */
@NullMarked
package io.genapi.chaos.fault;

import org.jspecify.annotations.NullMarked;
