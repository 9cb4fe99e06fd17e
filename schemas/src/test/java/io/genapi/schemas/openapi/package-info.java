/** Holds HTTP traffic to the API's document. */
@NullMarked
package io.genapi.schemas.openapi;

import org.jspecify.annotations.NullMarked;
