/** The result store, over HTTP. */
@NullMarked
package io.genapi.gateway.store;

import org.jspecify.annotations.NullMarked;
