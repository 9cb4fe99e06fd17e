/** What a vendor's API must offer to be simulated. */
@NullMarked
package io.genapi.simulator.dialect;

import org.jspecify.annotations.NullMarked;
