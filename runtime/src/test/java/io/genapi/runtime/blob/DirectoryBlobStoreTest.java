package io.genapi.runtime.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
        BlobStore reader = DirectoryBlobStore.of(later, OWNER, KnownPlace.Use.READS);
        assertThrows(BlobStoreException.class, reader::place);
        assertTrue(Files.notExists(later));

        BlobStore writer = DirectoryBlobStore.open(later, OWNER);
        writer.put(new BlobKey("kept"), new ByteArrayInputStream(new byte[] {1}));

        assertEquals(writer.place(), reader.place());
        assertTrue(reader.open(new BlobKey("kept")).isPresent());
    }

    @Test
    void makesNoPlaceWhereItMustNot() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        BlobStore writer = DirectoryBlobStore.of(empty, OWNER, KnownPlace.Use.WRITES);

        assertTrue(message(() -> writer.create(new BlobKey("kept"))).contains("mounted"));
        try (Stream<Path> files = Files.list(empty)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void makesNoNewPlaceWhereItsOwnHasGone() throws IOException {
        Path blobs = directory.resolve("blobs");
        Files.move(blobs, directory.resolve("elsewhere"));

        assertTrue(message(() -> store.create(new BlobKey("kept"))).contains("mounted"));
        assertTrue(Files.notExists(blobs));
    }

    @Test
    void comesToItsPlaceWhenThatIsThere() throws IOException {
        Path blobs = directory.resolve("blobs");
        Files.move(blobs, directory.resolve("elsewhere"));
        BlobStore early = DirectoryBlobStore.of(blobs, OWNER, KnownPlace.Use.WRITES);
        assertThrows(BlobStoreException.class, early::place);

        Files.move(directory.resolve("elsewhere"), blobs);

        early.put(new BlobKey("kept"), new ByteArrayInputStream(new byte[] {1}));
        assertEquals(store.place(), early.place());
        assertTrue(store.open(new BlobKey("kept")).isPresent());
    }

    @Test
    void deletesNothingInAPlaceThatHasBecomeAnotherBrokers() throws IOException {
        BlobKey key = BlobKey.mint(Instant.EPOCH, new Random(1));
        store.put(key, new ByteArrayInputStream(new byte[] {1}));
        Path mark = directory.resolve("blobs").resolve("place.json");
        Files.write(
                mark,
                PlaceMark.derived(new PlaceOwner("cluster-2", "genapi"), "theirs")
                        .toJson());

        assertTrue(message(() -> store.delete(key)).contains("cluster-2"));
        assertTrue(message(() -> store.committedBefore(Instant.MAX, _ -> {})).contains("cluster-2"));
        assertTrue(message(() -> store.create(key)).contains("cluster-2"));
        assertTrue(Files.exists(directory.resolve("blobs").resolve(key.value())));
    }

    @Test
    void isMarkedOnceWhereThereAreNoLinks() throws Exception {
        Path fresh = Files.createDirectory(directory.resolve("fresh"));
        DirectoryMark mark = new DirectoryMark(fresh, fresh.resolve("incoming"));
        byte[] first = PlaceMark.derived(OWNER, "first").toJson();

        mark.create(first);

        assertThrows(
                FileAlreadyExistsException.class,
                () -> mark.create(PlaceMark.derived(OWNER, "second").toJson()));
        assertEquals(Optional.of(PlaceMark.derived(OWNER, "first")), mark.read());
    }

    @Test
    void tellsHowMuchRoomThereIs() throws IOException {
        assertTrue(store.room().orElseThrow() > 0);
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
