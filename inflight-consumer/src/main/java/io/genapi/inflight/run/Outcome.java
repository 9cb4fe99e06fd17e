package io.genapi.inflight.run;

/** How a run ended. */
public enum Outcome {
    /** The work returned. */
    FINISHED,
    /** The work kept failing and the last resort took the record. */
    POISONED,
    /** The process stops; the record is for another run. */
    ABANDONED
}
