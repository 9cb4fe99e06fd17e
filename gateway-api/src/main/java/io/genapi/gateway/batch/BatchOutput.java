package io.genapi.gateway.batch;

import io.genapi.gateway.file.FileShelf;
import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.blob.BlobWriter;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.BodyDigest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One of the two files with what comes of a batch, line by line in the order of their ends. Thread-safe. */
final class BatchOutput implements AutoCloseable {

    private final BlobStore blobs;
    private final FileId id;
    private final String name;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final MessageDigest digest = sha256();
    private @Nullable BlobKey key;
    private @Nullable BlobWriter writer;
    private long bytes;

    BatchOutput(BlobStore blobs, FileId id, String name, InstantSource clock, RandomGenerator random) {
        this.blobs = blobs;
        this.id = id;
        this.name = name;
        this.clock = clock;
        this.random = random;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    synchronized void add(byte[] line) throws BlobStoreException {
        BlobWriter open = writer;
        if (open == null) {
            BlobKey minted = BlobKey.mint(clock.instant(), random);
            open = blobs.create(minted);
            key = minted;
            writer = open;
        }
        open.write(line);
        digest.update(line);
        bytes += line.length;
    }

    /** Makes a file of the lines; empty where there are none. To be called once. */
    synchronized Optional<FileId> keep(Batch batch, FileShelf shelf) throws BlobStoreException, InterruptedException {
        BlobWriter open = writer;
        BlobKey minted = key;
        if (open == null || minted == null) {
            return Optional.empty();
        }
        open.commit();
        Instant now = clock.instant();
        shelf.keep(new StoredFile(
                id,
                batch.terms().tenant(),
                name,
                FilePurpose.BATCH_OUTPUT,
                bytes,
                new BodyDigest(HexFormat.of().formatHex(digest.digest())),
                minted.value(),
                now,
                shelf.expiry(batch.terms().outputLife())));
        return Optional.of(id);
    }

    @Override
    public synchronized void close() throws BlobStoreException {
        if (writer != null) {
            writer.close();
        }
    }
}
