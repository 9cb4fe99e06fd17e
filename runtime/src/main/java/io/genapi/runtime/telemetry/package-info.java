/** Traces and metrics: what spans and meters are made with, and how context crosses Kafka. */
@NullMarked
package io.genapi.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
