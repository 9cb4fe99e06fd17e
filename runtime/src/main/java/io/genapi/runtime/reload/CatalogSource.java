package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the catalog comes from. Thread-safe.
 *
 * @param files that it is read from, the catalog itself first; links are followed each time
 * @param reader reads them; throws a {@link io.genapi.runtime.service.StartException} that names the mistake
 */
public record CatalogSource(List<Path> files, Supplier<VendorCatalog> reader) {

    /** What a file that cannot be read is like. */
    private static final byte[] UNREADABLE = {0};

    public CatalogSource {
        files = List.copyOf(files);
    }

    /** @throws io.genapi.runtime.service.StartException if the files cannot be read or have a mistake */
    public Edition read() {
        String content = content();
        Instant written = written();
        return new Edition(reader.get(), written, content);
    }

    /** A name of what the files hold now: another one as soon as that is something else. */
    String content() {
        MessageDigest digest = sha256();
        files.forEach(file -> digest.update(hash(file)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** By the bytes, because links, network file systems and clocks lie about sizes, times and events. */
    private static byte[] hash(Path file) {
        try {
            return sha256().digest(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return UNREADABLE;
        }
    }

    private Instant written() {
        try {
            return Files.getLastModifiedTime(files.getFirst()).toInstant();
        } catch (IOException unreadable) {
            return Instant.EPOCH;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
