/** The JVMs that a benchmark runs beside its own, none of which outlives it. */
@NullMarked
package io.genapi.benchmarks.process;

import org.jspecify.annotations.NullMarked;
