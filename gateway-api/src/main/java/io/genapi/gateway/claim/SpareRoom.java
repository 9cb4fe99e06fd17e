package io.genapi.gateway.claim;

import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.job.ClaimCheck;
import java.io.IOException;
import java.util.OptionalLong;

/** Puts bodies away where there is room to spare: they can travel in Kafka too, which the files of batches cannot. Thread-safe. */
public final class SpareRoom implements BodyPlace {

    private final BodyPlace bodies;
    private final BlobStore blobs;
    private final long least;

    /**
     * @param blobs where bodies are put
     * @param least how many bytes stay free there
     */
    public SpareRoom(BodyPlace bodies, BlobStore blobs, long least) {
        this.bodies = bodies;
        this.blobs = blobs;
        this.least = least;
    }

    @Override
    public ClaimCheck put(byte[] body) throws IOException {
        OptionalLong room = blobs.room();
        if (room.isPresent() && room.getAsLong() - body.length < least) {
            throw new BlobStoreException(
                    "It is full for them: of %d bytes, %d are to stay free. Free some space where genapi.blob.directory is, or lower genapi.gateway.claim-check.min-free."
                            .formatted(room.getAsLong(), least));
        }
        return bodies.put(body);
    }
}
