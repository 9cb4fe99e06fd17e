/** Batches of requests: what a batch is, what decides how it goes on, and what runs it. */
@NullMarked
package io.genapi.gateway.batch;

import org.jspecify.annotations.NullMarked;
