/** The result store as a worker sees it: asked over HTTP whether a job has ended, and which request was its first. */
@NullMarked
package io.genapi.worker.store;

import org.jspecify.annotations.NullMarked;
