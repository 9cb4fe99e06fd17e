/** When which endpoint is told of what: schedule, attempts, and how endpoints do. */
@NullMarked
package io.genapi.store.webhook;

import org.jspecify.annotations.NullMarked;
