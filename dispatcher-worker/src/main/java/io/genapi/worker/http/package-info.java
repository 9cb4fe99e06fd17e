/** Vendor calls over HTTP. */
@NullMarked
package io.genapi.worker.http;

import org.jspecify.annotations.NullMarked;
