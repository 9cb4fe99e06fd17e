package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.RunId;
import java.util.Set;

/** What a follower hears of its job. */
sealed interface FeedNews {

    /** A piece; each comes at least once, those of one run in their order. */
    record Piece(JobDelta delta) implements FeedNews {}

    /** The job has ended; pieces may still come. */
    record Ended(Reply reply) implements FeedNews {}

    /** No piece of these runs is wanted any longer. */
    record Over(Set<RunId> runs) implements FeedNews {}

    /** The job has ended, and everything that Kafka has of it was told. */
    record Exhausted() implements FeedNews {}

    /** The store knows no such job any longer. */
    record Forgotten() implements FeedNews {}

    /** This gateway stops. */
    record Stopping() implements FeedNews {}

    /** The job's pieces would have to be read from Kafka, but as many are read as may be. */
    record NoReader() implements FeedNews {}
}
