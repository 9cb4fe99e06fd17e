package io.genapi.gateway.http;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import java.io.IOException;

/** How an API tells the end of a stream. Not thread-safe. */
interface StreamVoice {

    /** Whether anything was sent, so that no status can be told any longer. */
    boolean hasBegun();

    /** Whether the reader gets a job's failure as an event even where nothing was sent yet. */
    boolean tellsFailuresAsEvents();

    /** The answer came in one piece: tells it, and that it is whole. */
    void whole(byte[] completion) throws IOException;

    /** The whole answer was sent. */
    void done() throws IOException;

    /** The job ended without an answer. */
    void failed(Reply reply) throws IOException;

    /** The stream ends before its job does. */
    void broken(ApiError error) throws IOException;

    /** What the reader can do then. */
    StreamErrors errors(JobId id);
}
