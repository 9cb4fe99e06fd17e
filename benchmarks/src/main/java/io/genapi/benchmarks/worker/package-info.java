/** How many vendor calls one whole worker process keeps in flight, beside the rate that no worker can beat. */
@NullMarked
package io.genapi.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
