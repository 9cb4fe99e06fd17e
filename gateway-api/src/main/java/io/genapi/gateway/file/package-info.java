/** Files that callers hand in and fetch. */
@NullMarked
package io.genapi.gateway.file;

import org.jspecify.annotations.NullMarked;
