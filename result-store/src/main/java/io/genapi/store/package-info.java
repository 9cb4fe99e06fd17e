/** The result store: where every job stands, and what became of it. */
@NullMarked
package io.genapi.store;

import org.jspecify.annotations.NullMarked;
