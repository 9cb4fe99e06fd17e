/** How a vendor wants to be spoken to: the translation between a call and what goes over HTTP. */
@NullMarked
package io.genapi.worker.dialect;

import org.jspecify.annotations.NullMarked;
