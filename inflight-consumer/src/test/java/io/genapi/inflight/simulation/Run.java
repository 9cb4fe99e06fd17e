package io.genapi.inflight.simulation;

import java.time.Instant;

/** One start of a record in one process. */
final class Run {

    /** How it ended. */
    enum End {
        NOT_YET,
        FINISHED,
        /** With its process. */
        KILLED,
        /** It is to run again later. */
        SET_ASIDE,
        /** Its process stopped and waited no longer. */
        GIVEN_UP
    }

    final Entry entry;
    final String process;

    /** Whether the check was asked before, and said no or threw. */
    final boolean asked;

    final long began;
    final Instant at;
    End end = End.NOT_YET;
    long ended = Long.MAX_VALUE;

    Run(Entry entry, String process, boolean asked, long began, Instant at) {
        this.entry = entry;
        this.process = process;
        this.asked = asked;
        this.began = began;
        this.at = at;
    }

    boolean isRunning() {
        return end == End.NOT_YET;
    }

    @Override
    public String toString() {
        return entry + " in " + process + (asked ? " (asked)" : "") + " " + end;
    }
}
