package io.genapi.gateway.file;

import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files that there are, as far as the log has been read: some 500 bytes each. Thread-safe. */
public final class FileIndex {

    private final Map<FileId, StoredFile> files = new ConcurrentHashMap<>();

    /** Of two that callers hand in under one key the first stays; what came of a batch is the same whoever writes it. */
    public void take(StoredFile file) {
        files.merge(file.id(), file, (first, later) -> first.purpose() == FilePurpose.BATCH ? first : later);
    }

    public void forget(FileId id) {
        files.remove(id);
    }

    public Optional<StoredFile> find(FileId id) {
        return Optional.ofNullable(files.get(id));
    }

    /** A snapshot, in no order. */
    public Collection<StoredFile> all() {
        return List.copyOf(files.values());
    }
}
