/** Logs: JSON for machines or lines for people, with secrets masked in both. */
@NullMarked
package io.genapi.runtime.log;

import org.jspecify.annotations.NullMarked;
