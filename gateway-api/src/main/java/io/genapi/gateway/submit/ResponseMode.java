package io.genapi.gateway.submit;

import io.genapi.gateway.stream.StreamSink;
import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** How a caller wants its answer. */
public sealed interface ResponseMode {

    /**
     * On the same connection.
     *
     * @param isThere whether the caller still waits
     */
    record Waiting(BooleanSupplier isThere) implements ResponseMode {}

    /**
     * On the same connection, piece by piece.
     *
     * @param connection to the caller, once its job has an id
     * @param resets whether the caller can make a fresh start when the job is run again
     */
    record Streaming(Function<JobId, StreamSink> connection, boolean resets) implements ResponseMode {}

    /**
     * By asking for it later, unless it comes soon.
     *
     * @param patience what the caller calls soon; zero where it does not want to wait at all
     */
    record Async(Duration patience) implements ResponseMode {}
}
