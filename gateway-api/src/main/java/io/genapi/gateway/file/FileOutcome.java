package io.genapi.gateway.file;

import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;

/** What came of handing in a file. */
public sealed interface FileOutcome {

    /** It is there, now or since an earlier request with the same key. */
    record Kept(StoredFile file) implements FileOutcome {}

    /** Its idempotency key stands for another file. */
    record KeyReused(FileId id) implements FileOutcome {}

    /** Its tenant has as many as it may. */
    record TooMany(int limit) implements FileOutcome {}
}
