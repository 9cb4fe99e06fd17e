/** Promise 3 over real processes: a vendor that is away, the jobs that wait for it, and those of another vendor. */
@NullMarked
package io.genapi.chaos.outage;

import org.jspecify.annotations.NullMarked;
