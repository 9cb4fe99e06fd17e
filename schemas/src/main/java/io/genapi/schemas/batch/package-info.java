/** Files that callers hand in, and the batches of requests that are made of them. */
@NullMarked
package io.genapi.schemas.batch;

import org.jspecify.annotations.NullMarked;
