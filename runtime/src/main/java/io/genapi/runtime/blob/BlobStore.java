package io.genapi.runtime.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keeps blobs. What is there is whole and does not change; memory does not grow with its size. Implementations are
 * thread-safe, and several processes may use the same place.
 */
public interface BlobStore {

    /**
     * The place's own id: 32 hexadecimal digits that no other place has, and that stay. It may be that of some seconds ago.
     *
     * @throws BlobStoreException if the place cannot be reached, as a share that is not mounted, or is another broker's
     */
    String place() throws BlobStoreException;

    /** The same as it is now. */
    String placeNow() throws BlobStoreException;

    /**
     * How many more bytes it takes, as far as that can be told; empty where nothing limits it.
     *
     * @throws BlobStoreException if the place cannot be asked, or is not there
     */
    OptionalLong room() throws BlobStoreException;

    /**
     * Begins a blob, which is there from its commit on.
     *
     * @throws BlobStoreException if the store cannot be written, or is no place of this broker's
     */
    BlobWriter create(BlobKey key) throws BlobStoreException;

    /**
     * A blob from its beginning, to be closed; empty where there is certainly none.
     *
     * @throws BlobStoreException if the store cannot be read
     */
    Optional<InputStream> open(BlobKey key) throws BlobStoreException;

    /**
     * In bytes; empty where there is certainly no such blob.
     *
     * @throws BlobStoreException if the store cannot be read
     */
    OptionalLong size(BlobKey key) throws BlobStoreException;

    /**
     * Afterwards there is no such blob, whether there was one or not.
     *
     * @throws BlobStoreException if the store cannot be written, or is no place of this broker's
     */
    void delete(BlobKey key) throws BlobStoreException;

    /**
     * Tells of all blobs with minted keys, in any order, that were committed before a time; what was begun before it and
     * never committed is cleared away. Of what else lies in the place nothing is told.
     *
     * @throws BlobStoreException if the store cannot be read, or is no place of this broker's
     */
    void committedBefore(Instant time, Consumer<BlobKey> listener) throws BlobStoreException;

    /** Copies what the content has; for contents that somebody else does not bring piece by piece. */
    default void put(BlobKey key, InputStream content) throws IOException {
        try (BlobWriter writer = create(key)) {
            content.transferTo(writer);
            writer.commit();
        }
    }
}
