/** The other end of webhooks: a server that takes them down, and behaves as well or badly as it is told. */
@NullMarked
package io.genapi.simulator.receiver;

import org.jspecify.annotations.NullMarked;
