/** The simulated vendor as its control endpoints show it. */
@NullMarked
package io.genapi.chaos.vendor;

import org.jspecify.annotations.NullMarked;
