package io.genapi.standalone;

import java.time.Duration;

/** Hears of each part of a standalone broker as it comes up. Called from several threads. */
@FunctionalInterface
public interface StartListener {

    /**
     * A part is up.
     *
     * @param part such as {@code Kafka}
     * @param where it answers
     * @param took from the beginning of its start
     */
    void started(String part, String where, Duration took);
}
