package io.genapi.gateway.file;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.blob.BlobWriter;
import io.genapi.schemas.job.BodyDigest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file's content on its way in. Holds a piece of it at a time. Used by one thread. */
public final class IncomingFile implements AutoCloseable {

    private static final int PIECE_BYTES = 64 * 1024;

    private final BlobKey key;
    private final BlobWriter writer;
    private final long maxBytes;
    private final MessageDigest digest = sha256();
    private long bytes;

    IncomingFile(BlobKey key, BlobWriter writer, long maxBytes) {
        this.key = key;
        this.writer = writer;
        this.maxBytes = maxBytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Whether that was all of it; false where it is too large.
     *
     * @throws BlobStoreException if it cannot be kept
     * @throws IOException if the content breaks off
     */
    public boolean take(InputStream content) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        while (true) {
            int read = content.read(piece);
            if (read < 0) {
                return true;
            }
            bytes += read;
            if (bytes > maxBytes) {
                return false;
            }
            digest.update(piece, 0, read);
            writer.write(piece, 0, read);
        }
    }

    long bytes() {
        return bytes;
    }

    BlobKey key() {
        return key;
    }

    /** To be asked once, at the end. */
    BodyDigest digest() {
        return new BodyDigest(HexFormat.of().formatHex(digest.digest()));
    }

    void commit() throws BlobStoreException {
        writer.commit();
    }

    @Override
    public void close() throws BlobStoreException {
        writer.close();
    }
}
