/** One attempt to tell an endpoint of an event: what is said, how it is signed, what came of it. */
@NullMarked
package io.genapi.store.sending;

import org.jspecify.annotations.NullMarked;
