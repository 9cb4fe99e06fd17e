package io.genapi.runtime.blob;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Blobs as the files of one directory, which several processes may share. What comes to be lies beside them, in
 * {@code incoming}, and is moved when it is whole and on the disk. A file tells the place from a share that is not mounted.
 */
public final class DirectoryBlobStore implements BlobStore {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Path incoming;
    private final DirectoryMark mark;
    private final KnownPlace place;

    private DirectoryBlobStore(Path directory, PlaceOwner owner, KnownPlace.Use use) {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
        this.mark = new DirectoryMark(directory, incoming);
        this.place = new KnownPlace(mark, owner, use);
    }

    /**
     * To be read and written. What is not a place yet becomes one.
     *
     * @throws BlobStoreException if the directory is not there and cannot be made, cannot be written, or is another
     *     broker's
     */
    public static DirectoryBlobStore open(Path directory, PlaceOwner owner) throws BlobStoreException {
        DirectoryBlobStore store = of(directory, owner, KnownPlace.Use.MAKES);
        var _ = store.placeNow();
        return store;
    }

    /** It need not be there yet. */
    static DirectoryBlobStore of(Path directory, PlaceOwner owner, KnownPlace.Use use) {
        return new DirectoryBlobStore(directory, owner, use);
    }

    @Override
    public String place() throws BlobStoreException {
        return place.look();
    }

    @Override
    public String placeNow() throws BlobStoreException {
        return place.look();
    }

    @Override
    public BlobWriter create(BlobKey key) throws BlobStoreException {
        var _ = place();
        try {
            Files.createDirectories(incoming);
            return new FileBlobWriter(Files.createTempFile(incoming, key + "-", ""), path(key));
        } catch (IOException failure) {
            throw FileBlobWriter.unwritten(directory, failure);
        }
    }

    @Override
    public Optional<InputStream> open(BlobKey key) throws BlobStoreException {
        return find(() -> new BufferedInputStream(Files.newInputStream(path(key)), BUFFER_BYTES));
    }

    @Override
    public OptionalLong size(BlobKey key) throws BlobStoreException {
        return find(() -> Files.size(path(key))).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    /** A share that is away for a moment has no file either: so it is asked on both sides of its mark. */
    private <T> Optional<T> find(Question<T> question) throws BlobStoreException {
        try {
            return Optional.of(question.ask());
        } catch (NoSuchFileException absent) {
            var _ = placeNow();
        } catch (IOException failure) {
            throw mark.failed("be read", failure);
        }
        try {
            return Optional.of(question.ask());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw mark.failed("be read", failure);
        }
    }

    @Override
    public OptionalLong room() throws BlobStoreException {
        var _ = place();
        try {
            return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException failure) {
            throw mark.failed("be read", failure);
        }
    }

    @Override
    public void delete(BlobKey key) throws BlobStoreException {
        var _ = placeNow();
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException failure) {
            throw mark.failed("be written", failure);
        }
    }

    @Override
    public void committedBefore(Instant time, Consumer<BlobKey> listener) throws BlobStoreException {
        var _ = placeNow();
        try {
            for (Path file : olderThan(time, directory)) {
                BlobKey.parseMinted(file.getFileName().toString()).ifPresent(listener);
            }
            if (Files.isDirectory(incoming)) {
                for (Path abandoned : olderThan(time, incoming)) {
                    Files.deleteIfExists(abandoned);
                }
            }
        } catch (IOException failure) {
            throw mark.failed("be read", failure);
        }
    }

    private static List<Path> olderThan(Instant time, Path place) throws IOException {
        List<Path> old = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, Files::isRegularFile)) {
            for (Path file : files) {
                if (lastChange(file).filter(time::isAfter).isPresent()) {
                    old.add(file);
                }
            }
        }
        return old;
    }

    private static Optional<Instant> lastChange(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class)
                    .lastModifiedTime()
                    .toInstant());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private Path path(BlobKey key) {
        return directory.resolve(key.value());
    }
}
