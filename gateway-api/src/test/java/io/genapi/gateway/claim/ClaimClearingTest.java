package io.genapi.gateway.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.DirectoryBlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimClearingTest {

    private static final Duration RETENTION = Duration.ofDays(2);
    private static final Duration DEADLINE = Duration.ofDays(1);

    @TempDir
    Path directory;

    private final Random random = new Random(1);
    private final Instant written = Instant.now();
    private Instant now = written;
    private BlobStore blobs;
    private final Set<String> letters = new HashSet<>();
    private final List<Instant> asked = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        blobs = DirectoryBlobStore.open(directory, new PlaceOwner("cluster-1", "genapi"));
    }

    private ClaimClearing clearing() {
        return new ClaimClearing(
                blobs,
                () -> {
                    asked.add(now);
                    return letters;
                },
                RETENTION,
                DEADLINE,
                () -> now);
    }

    private BlobKey put(BlobKey key) throws IOException {
        blobs.put(key, new ByteArrayInputStream(new byte[] {1}));
        return key;
    }

    @Test
    void clearsABodyAwayWhenNoRecordOfItsJobCanBeThereAnyMore() throws Exception {
        BlobKey claim = put(BlobKey.mintClaim(written, random));

        now = written.plus(RETENTION).plus(DEADLINE).plus(Duration.ofHours(23));
        clearing().clear();
        assertEquals(1, blobs.size(claim).orElse(0));
        assertEquals(List.of(), asked, "nobody reads dead letters for nothing");

        now = now.plus(Duration.ofHours(2));
        clearing().clear();
        assertEquals(0, blobs.size(claim).orElse(0));
    }

    @Test
    void keepsABodyForAsLongAsADeadLetterNamesIt() throws Exception {
        BlobKey named = put(BlobKey.mintClaim(written, random));
        BlobKey unnamed = put(BlobKey.mintClaim(written, random));
        letters.add(named.value());
        now = written.plus(Duration.ofDays(13));

        clearing().clear();

        assertEquals(1, blobs.size(named).orElse(0));
        assertEquals(0, blobs.size(unnamed).orElse(0));
    }

    @Test
    void clearsNothingAwayWhileNobodyCanTellWhatLettersName() throws Exception {
        BlobKey claim = put(BlobKey.mintClaim(written, random));
        now = written.plus(Duration.ofDays(13));
        ClaimClearing clearing = new ClaimClearing(
                blobs,
                () -> {
                    throw new IllegalStateException("Kafka is away");
                },
                RETENTION,
                DEADLINE,
                () -> now);

        assertThrows(IllegalStateException.class, clearing::clear);

        assertEquals(1, blobs.size(claim).orElse(0));
    }

    @Test
    void leavesFilesAlone() throws Exception {
        BlobKey file = put(BlobKey.mint(written, random));
        now = written.plus(Duration.ofDays(100));

        clearing().clear();

        assertEquals(1, blobs.size(file).orElse(0));
    }
}
