package io.genapi.worker.vendor;

import io.genapi.worker.stream.ChunkSink;

/** Calls vendors for answers that come in pieces. Thread-safe; each call blocks its thread until the answer is over. */
@FunctionalInterface
public interface VendorStreams {

    /**
     * Makes one call, never more, and hands on what comes of its answer as it comes. Whatever goes wrong on the way is an
     * outcome, also if part of the answer has come; a completed one holds the whole answer once more.
     *
     * @throws InterruptedException if the calling thread is interrupted; the call is cut off then
     * @throws io.genapi.worker.stream.UndeliveredException if the sink does; the call is cut off then
     */
    VendorAnswer stream(VendorCall call, ChunkSink sink) throws InterruptedException;
}
