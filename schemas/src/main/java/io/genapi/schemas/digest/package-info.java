/** What tells bytes from other bytes. */
@NullMarked
package io.genapi.schemas.digest;

import org.jspecify.annotations.NullMarked;
