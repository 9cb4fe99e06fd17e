/** The models that callers may name. */
@NullMarked
package io.genapi.gateway.model;

import org.jspecify.annotations.NullMarked;
