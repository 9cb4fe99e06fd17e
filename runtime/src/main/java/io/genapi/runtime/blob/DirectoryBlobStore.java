package io.genapi.runtime.blob;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
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
    private final Path mark;
    private final PlaceOwner owner;

    /** Which place it was at first; empty of who only reads, and may have come before the place was there. */
    private final Optional<String> opened;

    private DirectoryBlobStore(Path directory, PlaceOwner owner, Optional<String> opened) {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
        this.mark = directory.resolve(PlaceMark.NAME);
        this.owner = owner;
        this.opened = opened;
    }

    /**
     * To be read and written. What is not a place yet becomes one.
     *
     * @throws BlobStoreException if the directory is not there and cannot be made, cannot be written, or is another
     *     broker's
     */
    public static DirectoryBlobStore open(Path directory, PlaceOwner owner) throws BlobStoreException {
        DirectoryBlobStore store = openToRead(directory, owner);
        try {
            Files.createDirectories(store.incoming);
            Path probe = Files.createTempFile(store.incoming, "place-", "");
            Files.write(probe, PlaceMark.mint(owner, new SecureRandom()).toJson(), StandardOpenOption.SYNC);
            store.putMark(probe);
            Files.deleteIfExists(probe);
        } catch (IOException unusable) {
            throw store.failed("be written", unusable);
        }
        return new DirectoryBlobStore(directory, owner, Optional.of(store.place()));
    }

    /** To be read alone; it need not be there yet. */
    static DirectoryBlobStore openToRead(Path directory, PlaceOwner owner) {
        return new DirectoryBlobStore(directory, owner, Optional.empty());
    }

    /** Of several that come at once, one is the first; where links are unknown, that is nearly so. */
    private void putMark(Path candidate) throws IOException {
        try {
            Files.createLink(mark, candidate);
        } catch (FileAlreadyExistsException marked) {
            // As it should be, but for the first time.
        } catch (UnsupportedOperationException | FileSystemException unlinked) {
            if (Files.notExists(mark)) {
                Files.move(candidate, mark, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @Override
    public String place() throws BlobStoreException {
        String id = readMark()
                .requireOwner(owner, "The directory '" + directory + "'", "genapi.blob.directory")
                .id();
        if (opened.isPresent() && !opened.get().equals(id)) {
            throw new BlobStoreException(
                    "The blob directory '%s' is not the place that it was when this process started. Check what is mounted there, and start this process again."
                            .formatted(directory));
        }
        return id;
    }

    private PlaceMark readMark() throws BlobStoreException {
        try {
            return PlaceMark.read(Files.readAllBytes(mark))
                    .orElseThrow(() -> new BlobStoreException("'%s' is damaged.".formatted(mark)));
        } catch (NoSuchFileException absent) {
            throw new BlobStoreException(
                    "The blob directory '%s' is empty or gone: it has no %s. Check that it is mounted and that genapi.blob.directory names the one that gateways write to."
                            .formatted(directory, PlaceMark.NAME),
                    absent);
        } catch (BlobStoreException damaged) {
            throw damaged;
        } catch (IOException failure) {
            throw failed("be read", failure);
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
            var _ = place();
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
            var _ = place();
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
