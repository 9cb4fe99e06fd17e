package io.genapi.gateway.batch;

import io.genapi.gateway.file.FileIndex;
import io.genapi.gateway.file.FileShelf;
import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.batch.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Clears away files whose time is over, batches that nobody can want to see any more, and blobs that no file has: those of
 * uploads and of runs whose process died. Thread-safe; doing it twice does no harm.
 */
public final class Housekeeping {

    /** A blob may be there for a moment before its file is; an upload or a batch takes a day at most. */
    private static final Duration ORPHAN_AGE = Duration.ofDays(3);

    private final FileIndex files;
    private final BatchIndex batches;
    private final FileShelf shelf;
    private final BatchLog log;
    private final BlobStore blobs;
    private final Duration batchLife;
    private final InstantSource clock;

    /** @param batchLife how long a batch is remembered */
    public Housekeeping(
            FileIndex files,
            BatchIndex batches,
            FileShelf shelf,
            BatchLog log,
            BlobStore blobs,
            Duration batchLife,
            InstantSource clock) {
        this.files = files;
        this.batches = batches;
        this.shelf = shelf;
        this.log = log;
        this.blobs = blobs;
        this.batchLife = batchLife;
        this.clock = clock;
    }

    /** @param mine whose id this gateway looks after */
    public void clearExpired(Predicate<String> mine) throws BlobStoreException, InterruptedException {
        log.catchUp();
        Instant now = clock.instant();
        Set<String> inUse = batches.open().stream()
                .map(batch -> batch.terms().input().value())
                .collect(Collectors.toSet());
        for (StoredFile file : files.all()) {
            String id = file.id().value();
            if (!file.expiresAt().isAfter(now) && mine.test(id) && !inUse.contains(id)) {
                shelf.delete(file);
            }
        }
        for (Batch batch : batches.all()) {
            boolean old = batch.terms().createdAt().plus(batchLife).isBefore(now);
            if (batch.progress().status().isTerminal()
                    && old
                    && mine.test(batch.id().value())) {
                log.remove(batch.id());
            }
        }
    }

    /** Looks at all blobs that there are. */
    public void clearOrphans() throws BlobStoreException, InterruptedException {
        log.catchUp();
        Set<String> kept = files.all().stream().map(StoredFile::blob).collect(Collectors.toSet());
        List<BlobKey> orphans = new ArrayList<>();
        blobs.committedBefore(clock.instant().minus(ORPHAN_AGE), key -> {
            // Requests' bodies have an end of their own.
            if (!key.isClaim() && !kept.contains(key.value())) {
                orphans.add(key);
            }
        });
        for (BlobKey orphan : orphans) {
            blobs.delete(orphan);
        }
    }
}
