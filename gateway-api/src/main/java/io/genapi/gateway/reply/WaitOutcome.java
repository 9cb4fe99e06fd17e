package io.genapi.gateway.reply;

/** How a wait ended. */
public sealed interface WaitOutcome {

    /** With the job's end. */
    record Replied(Reply reply) implements WaitOutcome {}

    /** With the news that the job has ended, but its end is no longer kept. */
    record ResultExpired() implements WaitOutcome {}

    /** With the end of the caller's time; the job goes on. */
    record TimePassed() implements WaitOutcome {}

    /** With the caller's going away; the job goes on. */
    record CallerLeft() implements WaitOutcome {}

    /** With the end of this gateway; the job goes on. */
    record Interrupted() implements WaitOutcome {}
}
