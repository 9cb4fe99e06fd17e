package io.genapi.simulator.serving;

/** What is done to an answer on its way out. */
enum Damage {
    NONE,
    NO_BODY,
    SILENCE,
    HALF_BODY,
    BROKEN_JSON
}
