package io.genapi.inflight.simulation;

/** Why a record may start although it was started before. */
enum Excuse {
    /** It asked to be run again. */
    SET_ASIDE,
    /** Its process was killed while it ran. */
    KILLED_RUNNING,
    /** Its process was killed after it had finished, before a commit said so, and without hand-over or any commit before. */
    KILLED_BEFORE_COMMIT,
    /** Its process stopped and did not wait for its end. */
    GIVEN_UP_AT_STOP,
    /** Its process was thrown out of the group before a commit said what had become of it. */
    PARTITION_LOST,
    /** The commit that gave its partition away was not taken. */
    LAST_COMMIT_LOST,
    /** Its former owner did not finish it before its lease ended, and the check said so. */
    LEASE_ENDED,
    /** Its former owner finished it, but the check threw until the attempts were used up. */
    CHECK_FAILED,
    /** Its former owner finished it, but what cannot be deserialised cannot be asked for. */
    UNREADABLE,
    /** Partitions move without hand-over, so what runs when one moves runs again. */
    NO_HAND_OVER
}
