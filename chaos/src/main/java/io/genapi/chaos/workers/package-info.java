/** Promise 2 over real processes: workers that come, go and die, and the vendor calls that are repeated for it. */
@NullMarked
package io.genapi.chaos.workers;

import org.jspecify.annotations.NullMarked;
