package io.genapi.inflight.run;

import java.time.Duration;

/** How a run ended. */
public sealed interface Outcome {

    /** The work is done. */
    record Finished() implements Outcome {}

    /** The work kept failing and the last resort took the record. */
    record Poisoned() implements Outcome {}

    /** The process stops; the record is for another run. */
    record Abandoned() implements Outcome {}

    /** The work asked to be called again after that time. */
    record SetAside(Duration delay) implements Outcome {}
}
