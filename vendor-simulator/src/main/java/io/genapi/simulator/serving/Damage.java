package io.genapi.simulator.serving;

/** What is done to an answer on its way out. */
enum Damage {
    NONE,
    NO_BODY,
    HALF_BODY,
    BROKEN_JSON
}
