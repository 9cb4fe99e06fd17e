package io.genapi.store.job;

/** What a fact does to a job's state. */
public sealed interface TransitionDecision {
    /** The state is now this one. */
    record Updated(JobState state) implements TransitionDecision {}

    /** The state stays. */
    record Ignored(Reason reason) implements TransitionDecision {}

    /** Why a fact changes nothing. */
    enum Reason {
        /** The job has its end already, and this is another one. */
        DUPLICATE_RESULT,
        /** The fact is known already: its record was read again, or says nothing new. */
        KNOWN
    }
}
