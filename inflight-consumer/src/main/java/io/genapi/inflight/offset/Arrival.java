package io.genapi.inflight.offset;

/** What is to be done with a record that was just read. */
public enum Arrival {
    /** It runs as soon as there is room for it. */
    FRESH,
    /** A former owner finished it. */
    ALREADY_FINISHED,
    /** A former owner runs it, and its lease decides when somebody else may. */
    HANDED_OVER
}
