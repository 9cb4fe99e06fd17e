/** Answers that come in pieces: what their callers get of each, and the whole that they make. */
@NullMarked
package io.genapi.worker.stream;

import org.jspecify.annotations.NullMarked;
