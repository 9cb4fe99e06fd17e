/** Finding jobs: certain answers, waiting for ends, listing. */
@NullMarked
package io.genapi.store.query;

import org.jspecify.annotations.NullMarked;
