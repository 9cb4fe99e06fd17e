package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;

/** How following a job's stream ended. */
public sealed interface FollowOutcome {

    /** The follower has the whole answer. */
    record Finished() implements FollowOutcome {}

    /** The job ended without an answer; the follower has all pieces that there were. */
    record JobFailed(Reply reply) implements FollowOutcome {}

    /** The job succeeded in one piece: nothing of it was streamed. */
    record NotStreamed(Reply reply) implements FollowOutcome {}

    /** The job was run again, and what the follower has does not belong to its answer. */
    record Interrupted() implements FollowOutcome {}

    /** The job has ended, and neither the pieces of its answer nor the whole of it are kept any longer. */
    record ResultExpired() implements FollowOutcome {}

    /** Kafka does not have the pieces any longer that the follower lacks. */
    record Gone() implements FollowOutcome {}

    /** The follower's time is over; the job goes on. */
    record TimePassed() implements FollowOutcome {}

    /** This gateway stops; the job goes on. */
    record Stopping() implements FollowOutcome {}

    /** As many streams are read from Kafka as may be; the job goes on. */
    record NoReader() implements FollowOutcome {}

    /** The follower has gone away. */
    record Left() implements FollowOutcome {}

    /** The follower reads so slowly that its connection was given up; it may come back. */
    record TooSlow() implements FollowOutcome {}
}
