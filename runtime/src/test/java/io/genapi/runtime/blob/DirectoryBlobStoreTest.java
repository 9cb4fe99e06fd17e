package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path directory;

    private BlobStore store;

    @BeforeEach
    void open() throws BlobStoreException {
        store = DirectoryBlobStore.open(directory.resolve("blobs"));
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Test
    void leavesNoFileOfABlobThatIsGivenUp() throws IOException {
        try (BlobWriter writer = store.create(new BlobKey("given-up"))) {
            writer.write(new byte[100]);
        }

        assertEquals(0, incoming());
    }

    @Test
    void clearsAwayWhatADeadProcessLeft() throws IOException {
        BlobWriter neverClosed = store.create(new BlobKey("abandoned"));
        neverClosed.write(new byte[100]);
        store.committedBefore(Instant.now().minusSeconds(60), _ -> {});
        assertEquals(1, incoming());

        store.committedBefore(Instant.now().plusSeconds(60), _ -> {});

        assertEquals(0, incoming());
        neverClosed.close();
    }

    private long incoming() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("blobs").resolve("incoming"))) {
            return files.count();
        }
    }

    /** Linux has a file to which everything is written in vain. */
    @Test
    void saysThatItsDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        try (FileBlobWriter writer = new FileBlobWriter(full, directory.resolve("place"))) {
            BlobStoreException failure =
                    assertThrows(BlobStoreException.class, () -> writer.write(new byte[] {1, 2}, 0, 2));

            assertInstanceOf(BlobStoreFullException.class, failure);
            assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.directory"), failure::toString);
        } catch (BlobStoreException unclosed) {
            // The device cannot be deleted.
        }
        assertTrue(Files.notExists(directory.resolve("place")));
    }

    @Test
    void refusesADirectoryThatCannotBeOne() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");

        BlobStoreException failure = assertThrows(BlobStoreException.class, () -> DirectoryBlobStore.open(file));

        assertTrue(String.valueOf(failure.getMessage()).contains(file.toString()), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.directory"), failure::toString);
    }
}
