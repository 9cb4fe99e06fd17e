package io.genapi.runtime.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What attempts to open bodies tell of their place. It rests when two different bodies have failed with none opened in
 * between: a single one that cannot be read stops no other. After a rest one attempt shows how the place is. Thread-safe.
 */
final class PlaceHealth {

    private static final Duration REST = Duration.ofSeconds(10);

    /** Without news a place that failed counts as well again: nobody may be left to try it. */
    private static final Duration OLD_NEWS = Duration.ofSeconds(30);

    private Optional<String> failed = Optional.empty();
    private String reason = "";
    private boolean resting;
    private Instant until = Instant.MIN;

    /** Why it is not to be tried now; empty for who may try it. */
    synchronized Optional<String> objection(Instant now) {
        if (!resting) {
            return Optional.empty();
        }
        if (now.isBefore(until)) {
            return Optional.of(reason);
        }
        until = now.plus(REST);
        return Optional.empty();
    }

    /** Why the last body could not be opened, with none opened since. */
    synchronized Optional<String> trouble() {
        return failed.map(_ -> reason);
    }

    /** @param key of the body that could not be opened */
    synchronized void failed(String key, String why, Instant now) {
        resting |= failed.isPresent() && !failed.get().equals(key);
        failed = Optional.of(key);
        reason = why;
        until = now.plus(REST);
    }

    synchronized void answered() {
        failed = Optional.empty();
        resting = false;
    }

    synchronized boolean isWell(Instant now) {
        return !resting || now.isAfter(until.plus(OLD_NEWS));
    }
}
