/** Whether a vendor may be called now, and how often at once. */
@NullMarked
package io.genapi.worker.admission;

import org.jspecify.annotations.NullMarked;
