/** What a call that waits for its answer costs a gateway. */
@NullMarked
package io.genapi.benchmarks.waiting;

import org.jspecify.annotations.NullMarked;
