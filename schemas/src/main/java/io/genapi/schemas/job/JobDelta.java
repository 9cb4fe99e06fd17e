package io.genapi.schemas.job;

import java.time.Instant;

/**
 * One piece of a job's streamed answer.
 *
 * @param run the start of the stream that the piece belongs to
 * @param seq its place within that run, from 0
 * @param last whether the answer is whole with it; no piece of a run that broke off is marked so
 * @param at when the vendor sent it
 * @param body a {@code chat.completion.chunk} object, just as the caller gets it; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
public record JobDelta(
        JobId id,
        TenantId tenant,
        Correlation correlation,
        RequestId requestId,
        RunId run,
        long seq,
        boolean last,
        Instant at,
        byte[] body) {

    public JobDelta {
        if (seq < 0) {
            throw new IllegalArgumentException("a JobDelta's seq must be at least 0, not " + seq);
        }
    }
}
