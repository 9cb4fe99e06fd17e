package io.genapi.runtime.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;

/** A directory's mark, as a file in it. Thread-safe. */
final class DirectoryMark implements MarkedPlace {

    private static final String SETTING = "genapi.blob.directory";

    private final Path directory;
    private final Path incoming;
    private final Path mark;

    /** @param incoming for what is not whole yet, on the same disk */
    DirectoryMark(Path directory, Path incoming) {
        this.directory = directory;
        this.incoming = incoming;
        this.mark = directory.resolve(PlaceMark.NAME);
    }

    @Override
    public Optional<PlaceMark> read() throws BlobStoreException {
        try {
            byte[] json = Files.readAllBytes(mark);
            return Optional.of(PlaceMark.read(json)
                    .orElseThrow(() -> new BlobStoreException(
                            "'%s' is damaged. Put it back from a backup of the directory that %s names, or delete it where nothing else lies there."
                                    .formatted(mark, SETTING))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (BlobStoreException damaged) {
            throw damaged;
        } catch (IOException failure) {
            throw failed("be read", failure);
        }
    }

    @Override
    public void make(PlaceOwner owner) throws BlobStoreException {
        byte[] json = PlaceMark.mint(owner, new SecureRandom()).toJson();
        try {
            Files.createDirectories(incoming);
            Path whole = Files.createTempFile(incoming, "place-", "");
            try {
                Files.write(whole, json, StandardOpenOption.SYNC);
                Files.createLink(mark, whole);
            } catch (UnsupportedOperationException | FileSystemException unlinked) {
                create(json);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (FileAlreadyExistsException marked) {
            if (!Files.isDirectory(incoming)) {
                throw failed("be written", marked);
            }
            // Another process was first.
        } catch (IOException failure) {
            throw failed("be written", failure);
        }
    }

    /** Where links are unknown: whoever reads meanwhile finds a damaged mark for a moment, and never another one. */
    void create(byte[] json) throws IOException {
        Files.write(mark, json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    BlobStoreException failed(String what, IOException failure) {
        String message =
                "The blob directory '%s' cannot %s (%s). Check that it is there and that this process may write it; %s names it."
                        .formatted(directory, what, failure, SETTING);
        return Files.exists(directory) && !Files.isDirectory(directory)
                ? new UnusablePlaceException(message, failure)
                : new BlobStoreException(message, failure);
    }

    @Override
    public String absence() {
        return "The blob directory '%s' is empty or gone: it has no %s. Check that it is mounted and that %s names the one that gateways write to."
                .formatted(directory, PlaceMark.NAME, SETTING);
    }

    @Override
    public String name() {
        return "The directory '" + directory + "'";
    }

    @Override
    public String setting() {
        return SETTING;
    }
}
