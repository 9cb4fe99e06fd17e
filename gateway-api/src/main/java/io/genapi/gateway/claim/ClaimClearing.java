package io.genapi.gateway.claim;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Clears away bodies that nothing can ask for any more: neither a record of a request or of a parked job, nor a dead letter.
 * Thread-safe; doing it twice does no harm.
 */
public final class ClaimClearing {

    /** Kafka keeps records a bit longer than it was told to, and clocks differ. */
    private static final Duration SLACK = Duration.ofDays(1);

    private final BlobStore blobs;
    private final ClaimedLetters letters;
    private final Duration life;
    private final InstantSource clock;

    /**
     * @param retention of requests
     * @param longestDeadline that a job may have
     */
    public ClaimClearing(
            BlobStore blobs,
            ClaimedLetters letters,
            Duration retention,
            Duration longestDeadline,
            InstantSource clock) {
        this.blobs = blobs;
        this.letters = letters;
        this.life = retention.plus(longestDeadline).plus(SLACK);
        this.clock = clock;
    }

    /** Looks at all blobs that there are. */
    public void clear() throws BlobStoreException, InterruptedException {
        List<BlobKey> old = new ArrayList<>();
        blobs.committedBefore(clock.instant().minus(life), key -> {
            if (key.isClaim()) {
                old.add(key);
            }
        });
        if (old.isEmpty()) {
            return;
        }
        Set<String> kept = letters.claims();
        for (BlobKey key : old) {
            if (!kept.contains(key.value())) {
                blobs.delete(key);
            }
        }
    }
}
