/** The ways of consuming slow jobs that are compared, each of which runs in a JVM of its own. */
@NullMarked
package io.genapi.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
