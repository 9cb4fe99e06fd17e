package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

    /** The same with the files that a catalog was read from beside its own. */
    CatalogSource with(VendorCatalog read) {
        return new CatalogSource(
                Stream.concat(files.stream(), read.files().stream()).toList(), reader);
    }

    /** @throws io.genapi.runtime.service.StartException if the files cannot be read or have a mistake */
    public Edition read() {
        String content = content();
        Instant written = written();
        return new Edition(reader.get(), written, content);
    }

    /** A name of what the files hold now: another one as soon as that is something else. */
    String content() {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        files.forEach(file -> hashes.writeBytes(hash(file)));
        return Sha256.hex(hashes.toByteArray());
    }

    /** By the bytes, because links, network file systems and clocks lie about sizes, times and events. */
    private static byte[] hash(Path file) {
        try {
            return Sha256.of(Files.readAllBytes(file));
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
}
