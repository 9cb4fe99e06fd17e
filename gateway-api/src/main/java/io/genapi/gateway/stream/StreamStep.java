package io.genapi.gateway.stream;

import io.genapi.schemas.job.RunId;

/** What a follower is to get next. */
sealed interface StreamStep {

    /** A piece. */
    @SuppressWarnings("ArrayRecordComponent") // A chunk is handed on, never copied or compared.
    record Send(StreamPosition position, byte[] chunk) implements StreamStep {}

    /** News that what it has is void, and that the pieces of this run follow. */
    record Restart(RunId run) implements StreamStep {}

    /** Nothing yet: a piece has to be found that should have come before. */
    record Lacking() implements StreamStep {}

    /** The stream's end. */
    record End(FollowOutcome outcome) implements StreamStep {}
}
