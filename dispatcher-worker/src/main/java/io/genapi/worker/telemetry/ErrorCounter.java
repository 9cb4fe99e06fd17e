package io.genapi.worker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;

/** {@code genapi_errors_total}: what went wrong, by type and by the part of the worker. Thread-safe. */
public final class ErrorCounter {

    private final MeterRegistry meters;

    public ErrorCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Both are one of few words, never text from outside. */
    public void count(String errorType, String component) {
        meters.counter("genapi.errors", "error_type", errorType, "component", component)
                .increment();
    }
}
