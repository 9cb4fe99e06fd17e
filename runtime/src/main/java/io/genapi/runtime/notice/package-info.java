/** How processes have each other read the catalog, over {@code genapi.control}. */
@NullMarked
package io.genapi.runtime.notice;

import org.jspecify.annotations.NullMarked;
