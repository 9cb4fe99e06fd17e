/** Which candidate serves a job. */
@NullMarked
package io.genapi.worker.route;

import org.jspecify.annotations.NullMarked;
