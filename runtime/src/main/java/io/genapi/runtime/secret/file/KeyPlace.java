package io.genapi.runtime.secret.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a key is: in a file that only its owner can read, or else in an environment variable.
 *
 * @param file wins over the variable where it is given
 * @param setting that names such a file, for who is told to use it
 */
public record KeyPlace(Optional<Path> file, String setting, String variable, Map<String, String> environment) {

    /** The variable that holds the key of the file. */
    public static final String VARIABLE = "GENAPI_SECRETS_KEY";

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int LONGEST_FILE = 4_096;
    private static final String HOW_TO_MAKE = "Make one with: ./genapi secrets key";

    /** The environment is not for showing. */
    @Override
    public String toString() {
        return file.map(Path::toString).orElse(variable);
    }

    /** @throws SecretsFileException if it is not there, is no key, or others can read it */
    public SecretsKey read() {
        return file.isPresent() ? read(file.get()) : readVariable();
    }

    private SecretsKey readVariable() {
        String text = environment.getOrDefault(variable, "");
        if (text.isBlank()) {
            throw new SecretsFileException("There is no key: %s is not set, and %s names no file. Set one of them. %s"
                    .formatted(variable, setting, HOW_TO_MAKE));
        }
        return SecretsKey.parse(CharBuffer.wrap(text)).orElseThrow(() -> noKey(variable));
    }

    private SecretsKey read(Path path) {
        byte[] bytes = new byte[0];
        try {
            if (!Files.isRegularFile(path)) {
                throw new SecretsFileException(
                        "The key file '%s' (%s) is not there. %s --out %s".formatted(path, setting, HOW_TO_MAKE, path));
            }
            refuseWide(path);
            if (Files.size(path) > LONGEST_FILE) {
                throw noKey("The file '" + path + "'");
            }
            bytes = Files.readAllBytes(path);
            CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes));
            return SecretsKey.parse(text).orElseThrow(() -> noKey("The file '" + path + "'"));
        } catch (IOException unreadable) {
            throw new SecretsFileException(
                    "The key file '%s' (%s) cannot be read: %s. Let the user that runs this own it."
                            .formatted(path, setting, unreadable));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Where a file system has no such permissions, there is nothing to look at. */
    private void refuseWide(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNERS.containsAll(permissions)) {
            throw new SecretsFileException(
                    "The key file '%s' (%s) is open to others than its owner: %s. Run: chmod 600 %s"
                            .formatted(path, setting, PosixFilePermissions.toString(permissions), path));
        }
    }

    private static SecretsFileException noKey(String what) {
        return new SecretsFileException(
                "%s holds no key: a key is 32 bytes in Base64, 44 characters. %s".formatted(what, HOW_TO_MAKE));
    }
}
