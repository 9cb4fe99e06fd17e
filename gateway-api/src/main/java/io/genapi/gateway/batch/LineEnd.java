package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobStatus;

/** How one request of a batch ended. */
sealed interface LineEnd {

    /** Its job has ended. */
    record Answered(Reply reply) implements LineEnd {}

    /** It was refused before there was a job. */
    record Refused(ApiError error) implements LineEnd {}

    /** It was not run, or not to its end, because of what happened to the batch. */
    record NotRun() implements LineEnd {}

    /** Its job ended, but its answer is no longer kept. */
    record Lost() implements LineEnd {}

    /** Whether its caller got an answer. */
    default boolean isCompleted() {
        return this instanceof Answered(Reply reply) && reply.status() == JobStatus.SUCCEEDED;
    }
}
