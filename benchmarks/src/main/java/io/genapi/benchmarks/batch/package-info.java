/** What a large batch takes: time, and a gateway's memory. */
@NullMarked
package io.genapi.benchmarks.batch;

import org.jspecify.annotations.NullMarked;
