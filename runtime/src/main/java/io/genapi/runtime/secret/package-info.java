/** Secrets, and the places that a reference such as {@code env:NAME} leads to. */
@NullMarked
package io.genapi.runtime.secret;

import org.jspecify.annotations.NullMarked;
