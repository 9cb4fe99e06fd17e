/** The store's internal HTTP API, and the client of its peers. */
@NullMarked
package io.genapi.store.http;

import org.jspecify.annotations.NullMarked;
