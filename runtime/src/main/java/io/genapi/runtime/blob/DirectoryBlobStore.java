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
 * {@code incoming}, and is moved when it is whole and on the disk.
 */
public final class DirectoryBlobStore implements BlobStore {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Path incoming;

    private DirectoryBlobStore(Path directory) {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
    }

    /** @throws BlobStoreException if the directory is not there and cannot be made, or cannot be written */
    public static DirectoryBlobStore open(Path directory) throws BlobStoreException {
        DirectoryBlobStore store = new DirectoryBlobStore(directory);
        try {
            Files.createDirectories(store.incoming);
            Files.delete(Files.createTempFile(store.incoming, "probe-", ""));
            return store;
        } catch (IOException unusable) {
            throw store.failed("be written", unusable);
        }
    }

    @Override
    public BlobWriter create(BlobKey key) throws BlobStoreException {
        try {
            return new FileBlobWriter(Files.createTempFile(incoming, key + "-", ""), path(key));
        } catch (IOException failure) {
            throw FileBlobWriter.unwritten(directory, failure);
        }
    }

    @Override
    public Optional<InputStream> open(BlobKey key) throws BlobStoreException {
        try {
            return Optional.of(new BufferedInputStream(Files.newInputStream(path(key)), BUFFER_BYTES));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw failed("be read", failure);
        }
    }

    @Override
    public OptionalLong size(BlobKey key) throws BlobStoreException {
        try {
            return OptionalLong.of(Files.size(path(key)));
        } catch (NoSuchFileException absent) {
            return OptionalLong.empty();
        } catch (IOException failure) {
            throw failed("be read", failure);
        }
    }

    @Override
    public void delete(BlobKey key) throws BlobStoreException {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException failure) {
            throw failed("be written", failure);
        }
    }

    @Override
    public void committedBefore(Instant time, Consumer<BlobKey> listener) throws BlobStoreException {
        try {
            for (Path file : olderThan(time, directory)) {
                BlobKey.parseMinted(file.getFileName().toString()).ifPresent(listener);
            }
            for (Path abandoned : olderThan(time, incoming)) {
                Files.deleteIfExists(abandoned);
            }
        } catch (IOException failure) {
            throw failed("be read", failure);
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

    private BlobStoreException failed(String what, IOException failure) {
        return new BlobStoreException(
                "The blob directory '%s' cannot %s (%s). Check that it is there and that this process may write it; genapi.blob.directory names it."
                        .formatted(directory, what, failure),
                failure);
    }
}
