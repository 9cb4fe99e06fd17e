/** Images that callers only name, fetched for vendors that are sent them whole. */
@NullMarked
package io.genapi.worker.image;

import org.jspecify.annotations.NullMarked;
