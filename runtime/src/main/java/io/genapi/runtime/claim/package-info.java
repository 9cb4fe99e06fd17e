/** Request bodies that are too large to travel in their records, and lie in the place of blobs meanwhile. */
@NullMarked
package io.genapi.runtime.claim;

import org.jspecify.annotations.NullMarked;
