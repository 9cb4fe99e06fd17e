package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;

/**
 * Where it is written down what becomes of batches, for all gateways. Implementations are thread-safe; each method throws
 * {@link io.genapi.runtime.control.LogUnavailableException}.
 */
public interface BatchLog {

    /** Returns when it is durable and the {@link BatchIndex} knows it. */
    void write(BatchNews news) throws InterruptedException;

    /** Returns when it is durable and the {@link BatchIndex} knows it. */
    void remove(BatchId id) throws InterruptedException;

    /** Returns when the {@link BatchIndex} knows all that any gateway had written down before. */
    void catchUp() throws InterruptedException;
}
