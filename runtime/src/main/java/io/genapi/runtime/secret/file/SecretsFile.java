package io.genapi.runtime.secret.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Set;

/** The encrypted file on its disk, where nothing of it is ever in the clear. It is replaced whole or not at all. */
public record SecretsFile(Path path) {

    /** Its name beside the catalog, where nothing else is said. */
    public static final String NAME = "secrets.enc";

    private static final int LARGEST = 16 << 20;
    private static final Set<PosixFilePermission> USUAL = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);

    public boolean exists() {
        return Files.exists(path);
    }

    /** @throws SecretsFileException if it cannot be read with this key */
    public SecretEntries read(SecretsKey key) {
        return switch (Envelope.open(text(), key)) {
            case Opened.Whole(var entries) -> entries;
            case Opened.WrongKey(var writtenWith, var given) ->
                throw new SecretsFileException(
                        "The secrets file '%s' was encrypted with another key: %s, not %s. Give the key that it was written with."
                                .formatted(path, writtenWith, given));
            case Opened.Damaged(var what) ->
                throw new SecretsFileException(
                        "The secrets file '%s' is damaged: %s. Put a copy of it back.".formatted(path, what));
            case Opened.Forged() ->
                throw new SecretsFileException(
                        "The secrets file '%s' was changed by somebody who does not have its key. Find out who writes there, and put a copy of it back."
                                .formatted(path));
            case Opened.UnknownFormat(var version) ->
                throw new SecretsFileException(
                        "The secrets file '%s' has the format %s, which this version of genapi does not know. Use the version that wrote it."
                                .formatted(path, version));
        };
    }

    /** As it lies there, for who wants to know whether somebody else wrote it meanwhile. */
    public String text() {
        try {
            if (!exists()) {
                throw new SecretsFileException(
                        "The secrets file '%s' is not there. Make it with: ./genapi secrets edit --file %s"
                                .formatted(path, path));
            }
            if (Files.size(path) > LARGEST) {
                throw new SecretsFileException(
                        "The secrets file '%s' has more than 16 MiB. It is another file; name it.".formatted(path));
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new SecretsFileException(
                    "The secrets file '%s' cannot be read: %s. Let the user that runs this read it."
                            .formatted(path, unreadable));
        }
    }

    /** @throws SecretsFileException if it cannot be written; what was there is untouched then */
    public void write(SecretEntries entries, SecretsKey key, SecureRandom random) {
        String text = Envelope.seal(entries, key, random);
        Path target = path.toAbsolutePath();
        try {
            Path directory = Files.createDirectories(followed(target).resolveSibling(""));
            Path fresh = Files.createTempFile(directory, NAME, ".tmp");
            try {
                Files.writeString(fresh, text, StandardCharsets.US_ASCII);
                permit(fresh);
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(
                        fresh, followed(target), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException unwritable) {
            throw new SecretsFileException("The secrets file '%s' cannot be written: %s. Name another with --file."
                    .formatted(path, unwritable));
        }
    }

    /** A link stays one. */
    private static Path followed(Path target) throws IOException {
        return Files.exists(target) ? target.toRealPath() : target;
    }

    /** What its owner had set; else all may read what only the key opens, such as the user that a container runs as. */
    private void permit(Path fresh) throws IOException {
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(fresh, exists() ? Files.getPosixFilePermissions(path) : USUAL);
        }
    }
}
