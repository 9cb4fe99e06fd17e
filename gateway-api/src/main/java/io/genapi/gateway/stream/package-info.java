/** Streamed answers: what a follower gets in which order, where its pieces come from, and how it ends. */
@NullMarked
package io.genapi.gateway.stream;

import org.jspecify.annotations.NullMarked;
