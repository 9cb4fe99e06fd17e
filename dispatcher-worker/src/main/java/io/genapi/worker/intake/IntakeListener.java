package io.genapi.worker.intake;

import java.time.Duration;

/** Hears of each consumer that failed or could not be made. Thread-safe. */
@FunctionalInterface
public interface IntakeListener {

    /** @param next until another one is made */
    void failed(String reason, Duration next);
}
