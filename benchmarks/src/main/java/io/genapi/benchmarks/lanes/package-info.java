/** What callers in the lane {@code priority} notice of a queue without end in another lane. */
@NullMarked
package io.genapi.benchmarks.lanes;

import org.jspecify.annotations.NullMarked;
