package io.genapi.gateway.file;

import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;

/**
 * Where it is written down which files there are, for all gateways. Implementations are thread-safe; each method throws
 * {@link io.genapi.runtime.control.LogUnavailableException}.
 */
public interface FileLog {

    /** Returns when it is durable and the {@link FileIndex} knows it. */
    void write(StoredFile file) throws InterruptedException;

    /** Returns when it is durable and the {@link FileIndex} knows it. */
    void remove(FileId id) throws InterruptedException;

    /** Returns when the {@link FileIndex} knows all that any gateway had written down before. */
    void catchUp() throws InterruptedException;
}
