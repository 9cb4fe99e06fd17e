package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path directory;

    private BlobStore store;

    @BeforeEach
    void open() throws BlobStoreException {
        store = DirectoryBlobStore.open(directory.resolve("blobs"), OWNER);
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

    @Test
    void doesNotTakeAShareThatIsNotMountedForAnEmptyPlace() throws IOException {
        Path blobs = directory.resolve("blobs");
        Path elsewhere = directory.resolve("elsewhere");
        BlobKey key = new BlobKey("kept");
        store.put(key, new ByteArrayInputStream(new byte[] {1}));

        Files.move(blobs, elsewhere);
        assertTrue(message(() -> store.open(key)).contains("mounted"));
        assertTrue(message(() -> store.size(key)).contains("genapi.blob.directory"));
        assertTrue(message(() -> store.place()).contains(blobs.toString()));

        Files.createDirectories(blobs.resolve("incoming"));
        assertTrue(message(() -> store.open(key)).contains("mounted"));

        Files.delete(blobs.resolve("incoming"));
        Files.delete(blobs);
        Files.move(elsewhere, blobs);
        assertTrue(store.open(key).isPresent());
        assertEquals(Optional.empty(), store.open(new BlobKey("never-there")));
    }

    @Test
    void doesNotTakeAnotherPlaceForItsOwn() throws IOException {
        Path blobs = directory.resolve("blobs");
        Files.move(blobs, directory.resolve("elsewhere"));
        BlobStore another = DirectoryBlobStore.open(blobs, OWNER);

        assertNotEquals(
                another.place(),
                DirectoryBlobStore.open(directory.resolve("elsewhere"), OWNER).place());
        assertTrue(message(() -> store.open(new BlobKey("kept"))).contains("is not the place that it was"));
    }

    @Test
    void makesOnePlaceOfManyProcessesThatStartAtOnce() throws Exception {
        Path fresh = directory.resolve("fresh");
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> places = IntStream.range(0, 16)
                    .mapToObj(_ -> processes.submit(
                            () -> DirectoryBlobStore.open(fresh, OWNER).place()))
                    .toList();
            Set<String> seen = new HashSet<>();
            for (Future<String> place : places) {
                seen.add(place.get());
            }
            assertEquals(1, seen.size());
        }
    }

    @Test
    void isRefusedToAnotherBroker() {
        BlobStoreException failure = assertThrows(
                BlobStoreException.class,
                () -> DirectoryBlobStore.open(directory.resolve("blobs"), new PlaceOwner("cluster-2", "genapi")));

        for (String told : List.of("cluster-1", "cluster-2", "place.json", "genapi.blob.directory")) {
            assertTrue(String.valueOf(failure.getMessage()).contains(told), failure::toString);
        }
    }

    @Test
    void whoOnlyReadsNeedsNoPlaceYetAndMakesNone() throws IOException {
        Path later = directory.resolve("later");
        BlobStore reader = DirectoryBlobStore.openToRead(later, OWNER);
        assertThrows(BlobStoreException.class, reader::place);
        assertTrue(Files.notExists(later));

        BlobStore writer = DirectoryBlobStore.open(later, OWNER);
        writer.put(new BlobKey("kept"), new ByteArrayInputStream(new byte[] {1}));

        assertEquals(writer.place(), reader.place());
        assertTrue(reader.open(new BlobKey("kept")).isPresent());
    }

    private static String message(Executable question) {
        return String.valueOf(assertThrows(BlobStoreException.class, question).getMessage());
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

        BlobStoreException failure = assertThrows(BlobStoreException.class, () -> DirectoryBlobStore.open(file, OWNER));

        assertTrue(String.valueOf(failure.getMessage()).contains(file.toString()), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("genapi.blob.directory"), failure::toString);
    }
}
