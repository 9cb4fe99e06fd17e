/** Which of the requests of one idempotency key is run. */
@NullMarked
package io.genapi.worker.original;

import org.jspecify.annotations.NullMarked;
