/** How a result finds the call that waits for it: owned partitions, ids minted for them, and the wait itself. */
@NullMarked
package io.genapi.gateway.reply;

import org.jspecify.annotations.NullMarked;
