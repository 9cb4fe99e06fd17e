package io.genapi.gateway.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.DirectoryBlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileShelfTest {

    private static final Duration LIFE = Duration.ofDays(1);
    private static final Optional<String> KEY = Optional.of("key");

    @TempDir
    Path directory;

    private final FileIndex index = new FileIndex();
    private final Set<FileId> inUse = new HashSet<>();
    private final Log log = new Log();
    private DirectoryBlobStore blobs;
    private FileShelf shelf;
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @BeforeEach
    void open() throws IOException {
        blobs = DirectoryBlobStore.open(directory, new PlaceOwner("cluster-1", "genapi"));
        shelf = new FileShelf(
                blobs,
                index,
                log,
                new FileShelf.Limits(1000, 10, LIFE, LIFE),
                inUse::contains,
                () -> now,
                new Random(1));
    }

    private FileOutcome upload(String content, Optional<String> key, boolean retry) throws Exception {
        try (IncomingFile incoming = shelf.begin()) {
            assertTrue(incoming.take(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))));
            return shelf.keep(incoming, TenantId.DEFAULT, "in.jsonl", Optional.empty(), key, retry);
        }
    }

    private StoredFile kept(String content, Optional<String> key, boolean retry) throws Exception {
        return assertInstanceOf(FileOutcome.Kept.class, upload(content, key, retry))
                .file();
    }

    @Test
    void keepsWhatABatchStillReadsThoughItsTimeIsOver() throws Exception {
        StoredFile file = kept("content", KEY, false);
        inUse.add(file.id());
        now = now.plus(LIFE);

        assertInstanceOf(FileOutcome.KeyReused.class, upload("changed", KEY, false));
        assertEquals(file, kept("content", KEY, false));
        assertEquals(Optional.of(file), shelf.find(file.id(), Optional.empty()));
        assertTrue(shelf.content(file).isPresent());
    }

    @Test
    void replacesWhatIsOverAndReadByNobody() throws Exception {
        StoredFile file = kept("content", KEY, false);
        now = now.plus(LIFE);

        StoredFile later = kept("changed", KEY, false);

        assertEquals(file.id(), later.id());
        assertTrue(shelf.content(later).isPresent());
        assertTrue(blobs.open(new BlobKey(file.blob())).isEmpty());
    }

    @Test
    void keepsTheContentOfAFileThatComesBackFromTheLogInOtherWords() throws Exception {
        log.truncated = true;

        assertTrue(shelf.content(kept("content", KEY, false)).isPresent());
    }

    @Test
    void makesOneFileOfAnUploadThatAClientSendsAgainByItself() throws Exception {
        StoredFile first = kept("content", Optional.empty(), false);

        assertEquals(first, kept("content", Optional.empty(), true));
        assertNotEquals(first, kept("changed", Optional.empty(), true));
        assertNotEquals(first, kept("content", Optional.empty(), false));
        now = now.plus(Duration.ofMinutes(11));
        assertNotEquals(first, kept("content", Optional.empty(), true));
    }

    /** Knows all at once. */
    private final class Log implements FileLog {

        private boolean truncated;

        @Override
        public void write(StoredFile file) {
            index.take(
                    truncated
                            ? new StoredFile(
                                    file.id(),
                                    file.tenant(),
                                    file.name(),
                                    file.purpose(),
                                    file.bytes(),
                                    file.digest(),
                                    file.blob(),
                                    Instant.ofEpochSecond(file.createdAt().getEpochSecond()),
                                    file.expiresAt().plusNanos(1))
                            : file);
        }

        @Override
        public void remove(FileId id) {
            index.forget(id);
        }

        @Override
        public void catchUp() {
            // It is up to date.
        }
    }
}
