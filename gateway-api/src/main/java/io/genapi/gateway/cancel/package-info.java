/** How a caller's wish that a job ends becomes known to whoever can end it. */
@NullMarked
package io.genapi.gateway.cancel;

import org.jspecify.annotations.NullMarked;
