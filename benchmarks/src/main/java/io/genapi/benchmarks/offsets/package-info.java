/** What tracking and encoding finished offsets costs, beside the simplest thing that works. */
@NullMarked
package io.genapi.benchmarks.offsets;

import org.jspecify.annotations.NullMarked;
