/** What workers ask one another, over HTTP. */
@NullMarked
package io.genapi.worker.peer;

import org.jspecify.annotations.NullMarked;
