/** The ends that a job can come to, and where they go. */
@NullMarked
package io.genapi.worker.result;

import org.jspecify.annotations.NullMarked;
