/** Ways of consuming slow jobs beside one another, on one broker, in one run. */
@NullMarked
package io.genapi.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
