package io.genapi.gateway.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.blob.DirectoryBlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.runtime.claim.StoredBodies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpareRoomTest {

    private static final byte[] BODY = {1, 2, 3};

    @TempDir
    Path directory;

    private BlobStore blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = DirectoryBlobStore.open(directory, new PlaceOwner("cluster-1", "genapi"));
    }

    private BodyPlace leaving(long bytes) {
        StoredBodies bodies = new StoredBodies(blobs, () -> Instant.EPOCH, new Random(1));
        return new SpareRoom(bodies::put, blobs, bytes);
    }

    @Test
    void putsABodyAwayWhereThereIsRoomToSpare() throws IOException {
        assertEquals(BODY.length, leaving(0).put(BODY).length());
    }

    @Test
    void leavesRoomToOthers() throws IOException {
        BlobStoreException failure = assertThrows(
                BlobStoreException.class, () -> leaving(Long.MAX_VALUE).put(BODY));

        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.gateway.claim-check.min-free"));
        blobs.committedBefore(Instant.MAX, key -> assertFalse(key.isClaim(), key::value));
    }
}
