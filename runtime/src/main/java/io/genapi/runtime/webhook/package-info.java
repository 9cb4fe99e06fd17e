/** The webhook endpoints that there are, as every process knows them. */
@NullMarked
package io.genapi.runtime.webhook;

import org.jspecify.annotations.NullMarked;
