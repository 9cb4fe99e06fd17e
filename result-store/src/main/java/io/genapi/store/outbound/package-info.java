/** Messages to receivers over HTTP. */
@NullMarked
package io.genapi.store.outbound;

import org.jspecify.annotations.NullMarked;
