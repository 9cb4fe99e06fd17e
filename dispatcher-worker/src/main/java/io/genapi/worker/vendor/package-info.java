/** One call to a vendor: what it takes, what can come of it, and how the vendor's recent calls went. */
@NullMarked
package io.genapi.worker.vendor;

import org.jspecify.annotations.NullMarked;
