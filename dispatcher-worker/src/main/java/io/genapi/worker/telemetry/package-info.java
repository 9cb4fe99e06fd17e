/** Spans, meters and log lines of jobs and vendor calls. */
@NullMarked
package io.genapi.worker.telemetry;

import org.jspecify.annotations.NullMarked;
