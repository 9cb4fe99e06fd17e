package io.genapi.runtime.claim;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobWriter;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Request bodies as blobs, each of its own key. Thread-safe if its dice are. */
public final class StoredBodies {

    private static final BodyOpening ELSEWHERE = new BodyOpening.Unavailable(
            "The body of a request lies in another place of blobs than the one that genapi.blob.* names here. Check that it names the same one for all gateways and workers, and what is mounted there.");

    private static final BodyOpening NOT_YET = new BodyOpening.Unavailable(
            "A body that was put away just now is not in the place of blobs yet. If it stays so, check what genapi.blob.* names.");

    /** So long a bucket or a share may take to show to everybody what is durable there. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private final BlobStore blobs;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random unguessable: who knows a key and what lies there may have it */
    public StoredBodies(BlobStore blobs, InstantSource clock, RandomGenerator random) {
        this.blobs = blobs;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Puts a body away; it is there for as long as nobody clears it away.
     *
     * @param body of 1 to {@link ClaimCheck#LARGEST} bytes
     * @return what opens it
     * @throws io.genapi.runtime.blob.BlobStoreException if it is not durable
     */
    public ClaimCheck put(byte[] body) throws IOException {
        BlobKey key = BlobKey.mintClaim(clock.instant(), random);
        ClaimCheck claim = new ClaimCheck(blobs.place(), key.value(), body.length, BodyDigest.of(body));
        try (BlobWriter writer = blobs.create(key)) {
            writer.write(body);
            writer.commit();
        }
        return claim;
    }

    /** @throws InterruptedException if the calling thread is interrupted meanwhile */
    public BodyOpening open(ClaimCheck claim) throws InterruptedException {
        try {
            if (!blobs.place().equals(claim.place())) {
                return ELSEWHERE;
            }
            BlobKey key = new BlobKey(claim.key());
            Optional<InputStream> content = blobs.open(key);
            if (content.isPresent()) {
                return read(content.get(), claim);
            }
            // Where it is missing, only the place as it is now may say so.
            if (!blobs.placeNow().equals(claim.place())) {
                return ELSEWHERE;
            }
            return key.mintedAt().plus(NEW).isAfter(clock.instant())
                    ? NOT_YET
                    : new BodyOpening.Lost("it is not where the broker had put it");
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a body was read");
            }
            return new BodyOpening.Unavailable(String.valueOf(failure.getMessage()));
        }
    }

    private static BodyOpening read(InputStream content, ClaimCheck claim) throws IOException {
        try (content) {
            byte[] body = new byte[claim.length()];
            boolean whole = content.readNBytes(body, 0, body.length) == body.length && content.read() < 0;
            return whole && BodyDigest.of(body).equals(claim.digest())
                    ? new BodyOpening.Opened(body)
                    : new BodyOpening.Lost("what lies in its place is not what the broker had put there");
        }
    }
}
