/** Which jobs are cancelled, and how one that runs here is stopped. */
@NullMarked
package io.genapi.worker.cancel;

import org.jspecify.annotations.NullMarked;
