package io.genapi.runtime.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.blob.DirectoryBlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceWatchTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void tellsThePlaceWhileLooksFindIt() throws Exception {
        DirectoryBlobStore blobs = DirectoryBlobStore.open(directory, new PlaceOwner("cluster-1", "genapi"));
        try (PlaceWatch watch = new PlaceWatch(blobs, () -> now)) {
            assertEquals(Optional.empty(), watch.place());
            watch.look();
            assertEquals(Optional.of(blobs.place()), watch.place());

            now = now.plusSeconds(10);
            assertEquals(Optional.empty(), watch.place(), "a look that takes this long hangs");
            assertTrue(watch.absence().contains("does not answer"), watch::absence);

            watch.look();
            assertEquals(Optional.of(blobs.place()), watch.place());
            Files.move(directory.resolve("place.json"), directory.resolve("elsewhere"));
            watch.look();
            assertEquals(Optional.empty(), watch.place());
            assertTrue(watch.absence().contains("genapi.blob.directory"), watch::absence);
        }
    }
}
