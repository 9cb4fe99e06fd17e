/** A job's whole life as values: its identity, its request, what happened to it, its result. */
@NullMarked
package io.genapi.schemas.job;

import org.jspecify.annotations.NullMarked;
