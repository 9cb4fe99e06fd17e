package io.genapi.runtime.blob;

import java.util.Optional;

/** Where the mark of a place lies. Thread-safe. */
interface MarkedPlace {

    /**
     * The mark as it is now; empty where there is certainly none.
     *
     * @throws BlobStoreException if that cannot be told
     */
    Optional<PlaceMark> read() throws BlobStoreException;

    /** Marks it. Of several processes that do so at once, all find the same mark afterwards. */
    void make(PlaceOwner owner) throws BlobStoreException;

    /** What is told where there is no mark, and the remedy. */
    String absence();

    /** In words that begin a sentence. */
    String name();

    /** What names it. */
    String setting();
}
