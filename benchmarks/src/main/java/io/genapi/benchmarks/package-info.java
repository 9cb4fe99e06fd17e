/** Load on the broker and, in the same run, on the floor that it stands on; what comes out are ratios. */
@NullMarked
package io.genapi.benchmarks;

import org.jspecify.annotations.NullMarked;
